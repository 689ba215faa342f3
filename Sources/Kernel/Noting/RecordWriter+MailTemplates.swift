import Definitions
import Expressions
import Flow
import Values

extension RecordWriter {
    /// What is wrong with the places of a mail template as it would be written, at its subject or its text; nothing for
    /// other objects, nor for texts that stay as they are.
    func templateProblems(_ definition: ObjectDefinition, before: RecordState?, after: RecordState) -> [Problem] {
        guard definition.id == MailTemplate.object, let about = after["about"].text else { return [] }
        let isMoved = before?["about"] != after["about"]
        guard context.model.object(about)?.retired == false else { return [.templateWithoutObject] }
        let schema = MailSchema(context: context, object: about)
        return ["subject", "body"].flatMap { field -> [Problem] in
            guard isMoved || before?[field] != after[field], let text = after[field].text else { return [] }
            return MailTemplate.problems(text, at: field, schema)
        }
    }
}

/// A mail that is written once and filled in for each record.
enum MailTemplate {
    static let object = "mail_template"

    static func problems(_ text: String, at field: String, _ schema: MailSchema) -> [Problem] {
        do throws(MailText.Unclosed) {
            return try MailText(text).places.compactMap { source in
                switch schema.check(source) {
                case .failure(let diagnostics): diagnostics.items.first.map { .badPlace(source, $0, field) }
                case .success(let expression): isSayable(expression.type) ? nil : .placeOfManyLines(source, field)
                }
            }
        } catch {
            return [.openPlace(error.near, field)]
        }
    }

    private static func isSayable(_ type: ValueType) -> Bool { if case .lines = type { false } else { true } }
}

extension Problem {
    static let templateWithoutObject = Problem(
        field: "about", code: "unknown_object", message: Label(zh: "没有这种记录", en: "There are no such records"))

    static func badPlace(_ source: String, _ found: Diagnostic, _ field: String) -> Problem {
        let hint = found.hint.map { Label(zh: $0.zh, en: " " + $0.en) } ?? Label(zh: "", en: "")
        return Problem(
            field: field, code: "bad_place",
            message: Label(
                zh: "{= \(source.prefix(60)) }：\(found.zh)\(hint.zh)",
                en: "{= \(source.prefix(60)) }: \(found.en)\(hint.en)"))
    }

    static func openPlace(_ near: String, _ field: String) -> Problem {
        Problem(
            field: field, code: "open_place",
            message: Label(zh: "“{= \(near)” 少了结尾的 }", en: "“{= \(near)” lacks its closing }"))
    }

    static func placeOfManyLines(_ source: String, _ field: String) -> Problem {
        Problem(
            field: field, code: "bad_place",
            message: Label(
                zh: "{= \(source.prefix(60)) } 是多行明细，写成合计，如 SUM(lines.amount)",
                en: "{= \(source.prefix(60)) } are lines; write a sum, such as SUM(lines.amount)"))
    }
}
