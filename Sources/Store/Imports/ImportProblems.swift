package import Values

/// What was wrong with one row of an import.
package struct ImportProblem: Sendable, Hashable {
    /// Line in the file, from 1.
    package let line: Int
    /// Several problems may stand on one line: 0, 1, ….
    package let item: Int
    /// Column in the file, from 1; 0 for the whole row.
    package let column: Int
    /// Field path; empty for the whole row.
    package let field: String
    package let code: String
    package let zh: String
    package let en: String
    /// The cells of the row as JSON, with its first problem; nil with the others.
    package var cells: String?

    package init(
        line: Int, item: Int, column: Int, field: String, code: String, zh: String, en: String,
        cells: String? = nil
    ) {
        self.line = line
        self.item = item
        self.column = column
        self.field = field
        self.code = code
        self.zh = zh
        self.en = en
        self.cells = cells
    }
}

/// The rows of imports that were not brought in, with the reasons.
package struct ImportProblems {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Notes what was wrong. One statement for each.
    package func add(_ problems: [ImportProblem], to batch: RecordID) throws {
        for problem in problems {
            try connection.run(
                """
                INSERT INTO import_problem(batch, line, item, cell, field, code, zh, en, cells) VALUES \
                (\(batch), \(problem.line), \(problem.item), \(problem.column), \(problem.field), \(problem.code), \
                \(problem.zh), \(problem.en), \(problem.cells.map { SQLValue.text($0) } ?? .null)) \
                ON CONFLICT(batch, line, item) DO UPDATE SET cell = excluded.cell, field = excluded.field, \
                code = excluded.code, zh = excluded.zh, en = excluded.en, \
                cells = excluded.cells
                """)
        }
    }

    /// The problems of a batch after a line, in the order of the file. One statement.
    package func list(of batch: RecordID, after line: Int = 0, limit: Int) throws -> [ImportProblem] {
        try connection.rows(
            """
            SELECT line, item, cell, field, code, zh, en FROM import_problem \
            WHERE batch = \(batch) AND line > \(line) ORDER BY line, item LIMIT \(limit)
            """
        ).map { row in
            ImportProblem(
                line: row[0].count, item: row[1].count, column: row[2].count, field: row[3].string,
                code: row[4].string, zh: row[5].string, en: row[6].string)
        }
    }

    /// The rows held back from the `skip`-th on, with everything that was wrong with each, in the order of the file. One
    /// statement.
    ///
    /// - Parameter below: items from this number on belong to something else.
    package func rows(of batch: RecordID, below item: Int, skip: Int, limit: Int) throws -> [ImportProblem] {
        try connection.rows(
            """
            SELECT line, item, cell, field, code, zh, en, cells FROM import_problem \
            WHERE batch = \(batch) AND item < \(item) AND line IN (SELECT DISTINCT line FROM import_problem \
            WHERE batch = \(batch) AND item < \(item) ORDER BY line LIMIT \(limit) OFFSET \(skip)) ORDER BY line, item
            """
        ).map { row in
            ImportProblem(
                line: row[0].count, item: row[1].count, column: row[2].count, field: row[3].string,
                code: row[4].string, zh: row[5].string, en: row[6].string, cells: row[7].isNull ? nil : row[7].string)
        }
    }

    /// Which of these lines were held back. One statement for each 500.
    package func held(_ lines: [Int], of batch: RecordID, below item: Int) throws -> Set<Int> {
        var found: Set<Int> = []
        for part in lines.parts(of: 500) {
            let list = part.map { SQLFragment("\($0)") }.joined(separator: ", ")
            let rows = try connection.rows(
                """
                SELECT DISTINCT line FROM import_problem WHERE batch = \(batch) AND item < \(item) AND line IN (\(list))
                """)
            found.formUnion(rows.map { $0[0].count })
        }
        return found
    }

    /// On how many rows each code stands. One statement.
    package func counts(of batch: RecordID) throws -> [String: Int] {
        let rows = try connection.rows(
            "SELECT code, COUNT(DISTINCT line) FROM import_problem WHERE batch = \(batch) GROUP BY code")
        return Dictionary(rows.map { ($0[0].string, $0[1].count) }, uniquingKeysWith: { first, _ in first })
    }

    /// Forgets them, before the file is gone through anew. One statement.
    package func forget(_ batch: RecordID) throws {
        try connection.run("DELETE FROM import_problem WHERE batch = \(batch)")
    }
}
