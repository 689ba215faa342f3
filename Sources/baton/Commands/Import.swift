import ArgumentParser
import Definitions
import Foundation
import Kernel
import Values
import Web

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings a CSV or XLSX file into an object.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "Object, such as company.") var object: String
    @Argument(help: "File.") var file: String
    @Option(help: "JSON file of heading → field.") var map: String?
    @Flag(help: "Only say what would happen.") var dryRun = false
    @Flag(help: "Print the report as JSON.") var json = false
    @Option(help: "What to do with records that are already there: flag, update or create.") var onDuplicate = "flag"
    @Option(help: "Order of ambiguous dates: day or month first.") var dateOrder: String?
    @Option(help: "Sheet of a workbook; the first visible one when left out.") var sheet: String?
    @Option(help: "Encoding of a text file, such as GB18030; found out when left out.") var encoding: String?
    @Option(name: .customLong("as"), help: "Login of the account to act as; the house itself when left out.") var login:
        String?

    func run() async throws {
        guard let policy = ImportRequest.DuplicatePolicy(rawValue: onDuplicate) else {
            throw ValidationError("--on-duplicate is flag, update or create.")
        }
        guard FileManager.default.fileExists(atPath: file) else {
            throw ValidationError("没有这个文件 / There is no such file: \(file)")
        }
        let house = try await House.open(try options.settings())
        var request = ImportRequest(object: object, path: file, name: URL(fileURLWithPath: file).lastPathComponent)
        request.dryRun = dryRun
        request.onDuplicate = policy
        request.sheet = sheet
        request.encoding = encoding
        request.dayFirst = dateOrder.map { $0 == "day" }
        request.mapping = try map.map(Self.mapping) ?? [:]
        let actor = try await house.actor(login, origin: .importing, reason: "import at the command line")
        do {
            let outcome = try await house.kernel.perform(Command(.importing(.run(request))), as: actor)
            let report = outcome.report ?? ImportReport()
            json ? print(ImportText.json(report)) : print(ImportText.lines(report))
            await house.close()
        } catch let rejection as Rejection {
            await house.close()
            FileHandle.standardError.write(Data((rejection.message.zh + " / " + rejection.message.en + "\n").utf8))
            throw ExitCode(2)
        }
    }

    private static func mapping(_ path: String) throws -> [String: String] {
        guard case .object(let parts) = try JSONText.read([UInt8](Data(contentsOf: URL(fileURLWithPath: path)))) else {
            throw ValidationError("--map needs a JSON object of heading → field.")
        }
        var out: [String: String] = [:]
        for case (let heading, .text(let field)) in parts { out[heading] = field }
        return out
    }
}

/// The report of an import for people.
enum ImportText {
    static func json(_ report: ImportReport) -> String {
        var builder = JSONBuilder()
        builder.write(report)
        return builder.text
    }

    static func lines(_ report: ImportReport) -> String {
        var out = "行 rows \(report.rows) · 新建 created \(report.created) · 更新 updated \(report.updated)"
        out += " · 不变 unchanged \(report.unchanged) · 待处理 flagged \(report.flagged)"
        for error in report.errors.prefix(50) {
            let place = "\(error.line)" + (error.column.map { ":\($0)" } ?? "")
            out +=
                "\n  " + place + " " + (error.problem.field ?? "") + " " + error.problem.message.zh + " / "
                + error.problem.message.en
        }
        if let batch = report.batch { out += "\n批次 batch \(batch)" }
        return out
    }
}

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Writes the records of an object as JSON lines.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "Object, such as company.") var object: String
    @Option(help: "Condition in the expression language.") var filter: String?
    @Option(name: .customLong("as"), help: "Login of the account to act as; the house itself when left out.") var login:
        String?

    func run() async throws {
        let house = try await House.open(try options.settings())
        let actor = try await house.actor(login, origin: .api, reason: "export at the command line")
        let model = try await house.kernel.answer(CurrentModel(), as: actor)
        var question = ListRecords(
            object: object, columns: ["*"], filters: filter.map { [$0] } ?? [], limit: 500, withLines: true)
        repeat {
            let page = try await house.kernel.answer(question, as: actor)
            for row in page.rows {
                var builder = JSONBuilder()
                builder.write(row, model: model)
                print(builder.text)
            }
            question.cursor = page.next
        } while question.cursor != nil
        await house.close()
    }
}
