import Definitions
import Kernel
import Store
import TestEngines
import Testing
import Values

extension TestHouse {
    /// A copy of the house whose base pack has more at the end of one of its objects.
    static func open(adding text: String, to file: String) async throws -> TestHouse {
        let plain = try await open()
        await plain.close()
        return try await open(
            folder: plain.folder, packs: try packs(adding: text, to: file), digest: "with " + file, migrate: true,
            idSeed: 3)
    }

    static func packs(adding text: String, to file: String) throws -> [Pack] {
        try Packs.files(changing: file) { $0.replacing("\nviews:\n", with: "\n" + text + "views:\n") }.map {
            Pack.read(files: $0.texts, directory: $0.folder)
        }
    }

    /// The same house as a process whose writes can be ended in their midst.
    func stumbling() async throws -> (house: TestHouse, database: Stumbling) {
        await kernel.close()
        let database = Stumbling(self.database)
        let kernel = try await Kernel.open(database, parts: parts, migrate: false)
        return (
            TestHouse(kernel: kernel, database: database, clock: clock, folder: folder, parts: parts), database
        )
    }
}

/// Rules of tasks, for tests.
let taskRules = """
    rules:
      - id: urgent
        label: {zh: 紧急任务, en: Urgent task}
        on: [created, changed(priority)]
        if: priority = "P1"
        then:
          - set: {note: 'CONCAT("urgent: ", title)'}
          - create: {object: task, set: {title: 'CONCAT("Check ", title)', assignee: assignee, due: due, priority: '"P4"'}}
          - notify: {to: sales_manager, message: {zh: 紧急任务, en: Urgent task}, priority: urgent}
          - webhook: {url: '"https://example.com/hook"', title: title}
      - id: loop
        label: {zh: 循环, en: Loop}
        on: changed(note)
        if: STARTSWITH(note, "loop")
        then: [{set: {note: 'CONCAT("loop ", note)'}}]
      - id: broken
        label: {zh: 做不到, en: Can not be}
        on: action(snooze)
        then: [{set: {note: '"never"'}}, {set: {assignee: 'NULL'}}]
      - id: turn
        label: {zh: 轮流, en: In turn}
        on: manual
        if: status = "open"
        then: [{assign: {role: sales, by: round_robin}}]
      - id: hook
        label: {zh: 外部, en: From outside}
        on: webhook
        then: [{set: {priority: '"P2"'}}]
      - id: overdue
        label: {zh: 过期, en: Overdue}
        on: time(due)
        if: status = "open"
        then: [{set: {priority: '"P1"'}}]

    """
