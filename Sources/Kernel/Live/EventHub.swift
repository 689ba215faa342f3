/// Tells listeners that something was committed. It carries no content: whoever hears it asks for what it may see.
package actor EventHub {
    private var listeners: [Int: AsyncStream<Int64>.Continuation] = [:]
    private var nextID = 0
    private var isClosed = false
    /// Sequence of the newest event known here.
    package private(set) var last: Int64

    package init(last: Int64) { self.last = last }

    /// A stream of sequences; several commits may come as one.
    package func subscribe() -> (id: Int, commits: AsyncStream<Int64>) {
        nextID += 1
        let id = nextID
        let (stream, continuation) = AsyncStream.makeStream(of: Int64.self, bufferingPolicy: .bufferingNewest(1))
        if isClosed { continuation.finish() } else { listeners[id] = continuation }
        return (id, stream)
    }

    package func unsubscribe(_ id: Int) { listeners.removeValue(forKey: id)?.finish() }

    package func publish(_ sequence: Int64) {
        guard sequence > last else { return }
        last = sequence
        for listener in listeners.values { listener.yield(sequence) }
    }

    /// Wakes every listener without news, so that dead connections are noticed and revoked ones closed.
    package func beat() { for listener in listeners.values { listener.yield(last) } }

    /// Ends all streams, also those that are asked for later: the house is about to stop.
    package func close() {
        isClosed = true
        for listener in listeners.values { listener.finish() }
        listeners = [:]
    }
}
