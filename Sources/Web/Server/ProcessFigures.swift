import Foundation

/// What the machine says of this process, under the names that Prometheus has for it. Empty where there is no `/proc`.
enum ProcessFigures {
    static func write(to text: inout MetricsText) {
        let pages = words("/proc/self/statm")
        if pages.count > 1, let resident = Double(pages[1]) {
            text.gauge("process_resident_memory_bytes", "Memory of the process in RAM.", resident * pageSize)
        }
        // The name in brackets may hold blanks; the fields are counted from behind it: the fourteenth of all is the third
        // of the processor's times.
        let rest = content("/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
        if rest.count > 19, let user = Double(rest[11]), let system = Double(rest[12]), let start = Double(rest[19]) {
            text.counter("process_cpu_seconds_total", "Processor time of the process.", (user + system) / ticks)
            if let boot = bootSeconds {
                text.gauge("process_start_time_seconds", "When the process started, since 1970.", boot + start / ticks)
            }
        }
        // Without the folder there is nothing to say.
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            text.gauge("process_open_fds", "Open files and connections.", Double(open.count))
        }
        let limit = content("/proc/self/limits").split(separator: "\n").first { $0.hasPrefix("Max open files") }
        if let most = limit.flatMap({ Double($0.split(separator: " ")[3]) }) {
            text.gauge("process_max_fds", "Open files and connections at most.", most)
        }
    }

    private static let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))
    private static let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))

    private static var bootSeconds: Double? {
        let line = content("/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst(6)) }
    }

    private static func words(_ path: String) -> [Substring] { content(path).split(whereSeparator: \.isWhitespace) }

    /// Empty when it can't be read.
    private static func content(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
}
