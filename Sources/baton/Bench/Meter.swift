import Foundation
import Glibc
import Synchronization

/// One row of the table.
struct Measurement: Sendable {
    /// Name in the thresholds, such as `read_record`.
    let id: String
    let label: String
    /// Milliseconds of each operation, sorted.
    let walls: [Double]
    /// Processor milliseconds of this process per operation, all threads together.
    let cpu: Double
    let perSecond: Double
    /// Statements per operation; nil where none are counted.
    let statements: Double?

    func percentile(_ share: Double) -> Double {
        guard !walls.isEmpty else { return 0 }
        return walls[min(walls.count - 1, Int(share * Double(walls.count)))]
    }
}

/// Measures operations: wall time of each, processor time and statements over all.
struct Meter: Sendable {
    let statements: @Sendable () -> Int
    let say: @Sendable (String) -> Void

    /// No row takes longer than this.
    private static let patience = Duration.seconds(25)

    /// How many operations go before the measured ones.
    static func warming(_ operations: Int) -> Int { min(max(operations / 10, 1), 50) }

    /// - Parameters:
    ///   - operations: how many are measured, after a tenth of it (at most 50) for warming up.
    ///   - atOnce: how many run side by side.
    ///   - body: gets the number of the operation, from 0, the ones for warming up included.
    func measure(
        _ id: String, _ label: String, operations: Int, atOnce: Int = 1, counts: Bool = true,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Measurement {
        let warm = Self.warming(operations)
        for number in 0..<warm { try await body(number) }
        let tickets = Tickets(from: warm)
        let before = statements()
        let cpu = ProcessorTime.now
        let start = ContinuousClock.now
        let walls = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<atOnce {
                group.addTask {
                    var walls: [Double] = []
                    while ContinuousClock.now - start < Self.patience {
                        let number = tickets.take()
                        guard number < warm + operations else { break }
                        let begun = ContinuousClock.now
                        try await body(number)
                        walls.append((ContinuousClock.now - begun).milliseconds)
                    }
                    return walls
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return finish(id, label, walls, start: start, cpu: cpu, statements: counts ? before : nil)
    }

    /// The same for blocking work, each lane on a thread of its own.
    func measureThreads(
        _ id: String, _ label: String, operations: Int, lanes: Int, counts: Bool = true,
        _ lane: @escaping @Sendable () throws -> (Int) throws -> Void
    ) async throws -> Measurement {
        let opening = Opening()
        let each = max(operations / lanes, 1)
        let warm = min(max(each / 10, 1), 20)
        let walls = try await withThrowingTaskGroup(of: [Double].self) { group in
            for number in 0..<lanes {
                group.addTask {
                    try await Self.onThread {
                        let body = try lane()
                        for step in 0..<warm { try body(number * 1_000_003 + step) }
                        if number == 0 {
                            opening.note(statements: self.statements())
                        }
                        var walls: [Double] = []
                        let start = ContinuousClock.now
                        for step in 0..<each where ContinuousClock.now - start < Self.patience {
                            let begun = ContinuousClock.now
                            try body(number * 1_000_003 + warm + step)
                            walls.append((ContinuousClock.now - begun).milliseconds)
                        }
                        return walls
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let begun = opening.figures
        return finish(id, label, walls, start: begun.start, cpu: begun.cpu, statements: counts ? begun.statements : nil)
    }

    private func finish(
        _ id: String, _ label: String, _ walls: [Double], start: ContinuousClock.Instant, cpu: Double, statements: Int?
    ) -> Measurement {
        let seconds = (ContinuousClock.now - start).seconds
        let count = Double(max(walls.count, 1))
        let result = Measurement(
            id: id, label: label, walls: walls.sorted(), cpu: (ProcessorTime.now - cpu) / count,
            perSecond: count / max(seconds, 0.000_001),
            statements: statements.map { Double(self.statements() - $0) / count })
        say(ResultTable.line(result))
        return result
    }

    private static func onThread<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}

/// Numbers handed out in order to whoever asks.
private final class Tickets: Sendable {
    private let next: Atomic<Int>

    init(from first: Int) { next = Atomic(first) }

    func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
}

/// What the clocks said when the first lane was warm.
private final class Opening: Sendable {
    typealias Figures = (statements: Int, cpu: Double, start: ContinuousClock.Instant)

    private let noted = Mutex<Figures>((0, ProcessorTime.now, ContinuousClock.now))

    func note(statements: Int) { noted.withLock { $0 = (statements, ProcessorTime.now, ContinuousClock.now) } }
    var figures: Figures { noted.withLock { $0 } }
}

/// Processor milliseconds of this process so far.
enum ProcessorTime {
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    var milliseconds: Double { seconds * 1000 }
}
