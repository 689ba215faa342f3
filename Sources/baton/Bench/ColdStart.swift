import Foundation

/// Starts the program anew on the generated data: time to the first answer, and memory at rest.
struct ColdStart {
    let folder: String

    func facts() async throws -> [(String, String)] {
        let port = try LoopbackClient.freePort()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["serve", "--data", folder, "--listen", "127.0.0.1:\(port)"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        var first: Duration?
        while first == nil, process.isRunning, ContinuousClock.now - start < .seconds(60) {
            if Self.answers(port) {
                first = ContinuousClock.now - start
            } else {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        guard let first else { return [("cold start", "no answer")] }
        try await Task.sleep(for: .seconds(2))
        let (resident, own) = Self.memory(process.processIdentifier)
        return [
            ("cold start, process to first answer", "\(ResultTable.number(first.milliseconds)) ms"),
            ("memory at rest", "\(resident >> 10) MB resident, of it \(own >> 10) MB its own"),
        ]
    }

    private static func answers(_ port: Int) -> Bool {
        // Nobody listens yet: asked again.
        guard let client = try? LoopbackClient(port: port), let answer = try? client.get("/health") else {
            return false
        }
        return answer.status == 200
    }

    /// Kilobytes: all resident pages, and those that are no file's.
    private static func memory(_ process: Int32) -> (resident: Int, own: Int) {
        // A process that has ended has no such file; then nothing is shown.
        let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        func kilobytes(_ name: String) -> Int {
            let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") } ?? ""
            return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
        }
        return (kilobytes("VmRSS"), kilobytes("RssAnon"))
    }
}
