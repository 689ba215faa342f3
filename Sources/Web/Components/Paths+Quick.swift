extension Paths {
    /// The short form of an object.
    static func quick(_ object: String) -> String { quick + "/" + object }
    /// What may be the same as what stands in the short form.
    static func quickSame(_ object: String) -> String { quick(object) + "/same" }
}
