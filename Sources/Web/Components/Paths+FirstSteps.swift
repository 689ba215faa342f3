import Kernel

extension Paths {
    static let firstSteps = "/settings/setup"
    static let logo = "/logo"

    static func firstStep(_ step: SetUpStep) -> String { firstSteps + "/" + step.rawValue }
    /// The picture itself: another one has another address.
    static func logo(_ hash: String) -> String { logo + "?v=" + hash }
}
