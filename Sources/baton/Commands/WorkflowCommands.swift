import ArgumentParser
import Definitions
import Foundation
import Kernel
import Values

/// Processes of other programs that the house runs.
struct WorkflowShell: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workflow", abstract: "Brings in, lists and gives back workflows (BPMN 2.0).",
        subcommands: [BringWorkflow.self, ListWorkflows.self, ExportWorkflow.self])
}

struct BringWorkflow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bring", abstract: "Brings a BPMN file in as the next version of a workflow.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "A BPMN 2.0 file.") var file: String
    @Option(help: "Object whose records it runs on; none when left out.") var object: String?
    @Option(help: "Which workflow it is a version of; the id of its process when left out.") var key: String?
    @Option(help: "The process to take of a file that holds several.") var process: String?
    @Option(help: "LANE=WHO: a role, position, field or user:login; once for each lane.") var lane: [String] = []
    @Option(help: "Address that is told when a task for a program opens.") var hook: String?
    @Flag(help: "Only say what would become of each part.") var dryRun = false
    @Option(name: .customLong("as"), help: "Login of the account to act as; the house itself when left out.") var login:
        String?

    func run() async throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError("没有这个文件 / There is no such file: \(file)")
        }
        var wish = WorkflowFile(
            bytes: [UInt8](data), key: key, process: process, object: object, hook: hook)
        for text in lane {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("--lane is LANE=WHO.") }
            wish.lanes[parts[0]] = parts[1]
        }
        let house = try await House.open(try options.settings())
        let actor = try await house.actor(login, origin: .api, reason: "workflow at the command line")
        do {
            let outcome = try await house.kernel.perform(Command(.workflow(.bring(wish)), dryRun: dryRun), as: actor)
            if let report = outcome.workflow?.report { WorkflowText.write(report) }
            await house.close()
            if outcome.workflow?.report?.isRunnable == false { throw ExitCode(1) }
        } catch let rejection as Rejection {
            await house.close()
            FileHandle.standardError.write(Data(WorkflowText.lines(rejection).utf8))
            throw ExitCode(2)
        }
    }
}

struct ListWorkflows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the workflows.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let house = try await House.open(try options.settings())
        let list = try await house.kernel.answer(WorkflowList(), as: .system("workflow at the command line"))
        for one in list {
            let state = one.isInForce ? "生效 in force" : "停用 retired"
            print(
                "\(one.key)  v\(one.number)  \(state)  \(one.object ?? "—")  \(one.name)  "
                    + "运行 running \(one.running) · 完成 done \(one.done) · 取消 cancelled \(one.cancelled)")
        }
        await house.close()
    }
}

struct ExportWorkflow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the file of a workflow as it came, or a relay of ours as BPMN, to standard output.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "Key of a workflow, id of a version, or id of a relay such as inquiry_to_cash.") var name: String

    func run() async throws {
        let house = try await House.open(try options.settings())
        let actor = Actor.system("workflow at the command line")
        do {
            let model = try await house.kernel.answer(CurrentModel(), as: actor)
            let file =
                model.process(name) == nil
                ? try await house.kernel.answer(WorkflowFileOf(name), as: actor)
                : try await house.kernel.answer(RelayFileOf(process: name), as: actor)
            await house.close()
            FileHandle.standardOutput.write(Data(file.bytes))
        } catch let rejection as Rejection {
            await house.close()
            FileHandle.standardError.write(Data(WorkflowText.lines(rejection).utf8))
            throw ExitCode(2)
        }
    }
}

/// Reports about files, for people.
private enum WorkflowText {
    static func write(_ report: WorkflowReport) {
        for note in report.notes {
            let treatment =
                switch note.treatment {
                case "executed": "✓ 执行 executed"
                case "kept": "· 保留 kept"
                default: "✗ 拒绝 refused"
                }
            print("\(treatment)  \(note.element) \(note.place ?? "")  \(note.message.zh) / \(note.message.en)")
        }
        for lane in report.lanes {
            print("泳道 lane  \(lane.name)  →  \(lane.who.map { $0.zh + " / " + $0.en } ?? "—")")
        }
        for problem in report.problems { print(line(problem)) }
        print("\(report.key) v\(report.number)  \(report.name)")
    }

    static func lines(_ rejection: Rejection) -> String {
        ([rejection.message.zh + " / " + rejection.message.en] + rejection.problems.map(line)).joined(separator: "\n")
            + "\n"
    }

    private static func line(_ problem: Problem) -> String {
        "✗ \(problem.field ?? "")  \(problem.message.zh) / \(problem.message.en)"
    }
}
