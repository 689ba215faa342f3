import Foundation
import Values

/// Renders documents on threads of its own, so that no request waits behind a layout on the shared pool.
///
/// At most `queueLimit` documents wait; the next one is refused with `PDFError.busy`. Call `close()` before the process
/// ends: documents that wait then fail with `PDFError.closed`.
package final class PDFWorker: Sendable {
    private let queue: RenderQueue

    /// - Parameters:
    ///   - threads: 1 or 2 are useful; each takes about 24 MB for its fonts.
    ///   - queueLimit: documents waiting, those in work not counted.
    package init(threads: Int = 1, queueLimit: Int = 64) {
        let queue = RenderQueue(limit: queueLimit)
        self.queue = queue
        for index in 0..<max(1, threads) {
            let thread = Thread { queue.work() }
            thread.name = "baton-pdf-\(index)"
            thread.stackSize = 4 << 20
            thread.start()
        }
    }

    deinit { queue.close() }

    /// Renders `document` and gives the file.
    ///
    /// - Throws: `PDFError`.
    package func render(_ document: TradeDocument) async throws -> PDFResult {
        try await withCheckedThrowingContinuation { continuation in
            queue.add(RenderJob(document: document, continuation: continuation))
        }
    }

    /// Loads the fonts by rendering an empty document, so that the first user doesn't wait for it.
    package func warmUp() async throws {
        let day = Day(number: 0)
        let nobody = DocumentParty(name: BilingualText(zh: "海纳", en: "Haina"))
        var document = TradeDocument(kind: .quotation, number: "0", date: day, seller: nobody, buyer: nobody)
        document.columns = [LineColumn(zh: "品名", en: "Goods", share: 1)]
        _ = try await render(document)
    }

    package func close() { queue.close() }
}

private struct RenderJob: Sendable {
    let document: TradeDocument
    let continuation: CheckedContinuation<PDFResult, any Error>
}

/// Documents that wait for a thread.
///
/// `@unchecked`: `jobs` and `isClosed` are only touched while `condition` is locked.
private final class RenderQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private let limit: Int
    private var jobs: [RenderJob] = []
    private var isClosed = false

    init(limit: Int) { self.limit = limit }

    func add(_ job: RenderJob) {
        condition.lock()
        let refusal: PDFError? = isClosed ? .closed : jobs.count >= limit ? .busy : nil
        if refusal == nil {
            jobs.append(job)
            condition.signal()
        }
        condition.unlock()
        if let refusal { job.continuation.resume(throwing: refusal) }
    }

    func close() {
        condition.lock()
        isClosed = true
        let waiting = jobs
        jobs = []
        condition.broadcast()
        condition.unlock()
        for job in waiting { job.continuation.resume(throwing: PDFError.closed) }
    }

    /// The loop of a thread: one renderer for all its documents.
    func work() {
        let renderer = PDFRenderer()
        while let job = next() {
            do {
                job.continuation.resume(returning: try renderer.render(job.document))
            } catch {
                job.continuation.resume(throwing: error)
            }
        }
    }

    private func next() -> RenderJob? {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty, !isClosed { condition.wait() }
        return jobs.isEmpty ? nil : jobs.removeFirst()
    }
}
