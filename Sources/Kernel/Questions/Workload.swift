import Store

/// How the house is and what waits to be done in it besides requests; for those who watch it.
package struct Workload: Question {
    package init() {}

    package struct Answer: Sendable {
        package let vitals: VitalSigns
        /// Batches that are being brought in or taken back, by whichever process.
        package let importsRunning: Int
        package let importsWaiting: Int
    }

    package func answer(in context: ReadContext) throws -> Answer {
        let batches = ImportBatches(context.connection)
        return Answer(
            vitals: try context.ask(Vitals()),
            importsRunning: try batches.list(in: ["running"], limit: 100).count,
            importsWaiting: try batches.list(in: ["waiting", "undoing"], limit: 100).count)
    }
}
