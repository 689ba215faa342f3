import Kernel

/// Fills an empty database with the demo company.
struct DemoCompany {
    let kernel: Kernel
    let lastDay: String

    func build() async throws {}
}
