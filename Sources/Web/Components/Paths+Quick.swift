extension Paths {
    /// The short form of an object.
    static func quick(_ object: String) -> String { quick + "/" + object }
    /// What may be the same as what stands in the short form.
    static func quickSame(_ object: String) -> String { quick(object) + "/same" }
    /// What a card or a mail signature says, as fields of the short form.
    static func quickCard(_ object: String) -> String { quick(object) + "/card" }
}
