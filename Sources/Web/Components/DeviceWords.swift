import Definitions

/// What a browser calls itself, in two words: Chrome · Windows.
enum DeviceWords {
    private static let browsers = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("MicroMessenger", "WeChat"), ("QQBrowser", "QQ"), ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"), ("python", "Python"), ("baton", "baton"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]

    /// Whether it is carried in the hand.
    static func isHandheld(_ agent: String) -> Bool { ["iPhone", "Android", "iPad"].contains { agent.contains($0) } }

    static func name(_ agent: String, _ language: Language) -> String {
        let parts = [browsers, systems].compactMap { known in known.first { agent.contains($0.0) }?.1 }
        if !parts.isEmpty { return parts.joined(separator: " · ") }
        return agent.isEmpty ? Label(zh: "未说明的设备", en: "A device that did not say")[language] : String(agent.prefix(40))
    }
}
