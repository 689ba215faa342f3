import Definitions

extension Kernel {
    func carryOut(_ step: ImportCommand, as actor: Actor) async throws -> Outcome {
        throw Rejection.notAllowed
    }
}
