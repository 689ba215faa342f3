import Synchronization
package import Values

/// Ids of the lines of planted records: they follow from the record's id and the place of the line.
package enum PastLine {
    /// - Parameter place: 1 for the first line of the record; lines fields go in alphabetical order.
    package static func id(of record: RecordID, place: Int) -> RecordID {
        let mixed = record.low &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15
        return RecordID(high: record.high, low: 0x8000_0000_0000_0000 | mixed >> 2)
    }

    static func source(of record: RecordID) -> IDSource {
        let counter = Counter()
        return IDSource { _ in id(of: record, place: counter.next()) }
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock {
                $0 += 1
                return $0
            }
        }
    }
}
