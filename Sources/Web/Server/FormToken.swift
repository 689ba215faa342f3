import Kernel

/// The token of a session as it stands in a page: masked anew for every page, so that the length of a packed answer tells
/// nothing about it (the attack known as BREACH). A program that has the bare token may send that.
enum FormToken {
    static func masked(_ secret: String) -> String {
        let key = Secrets.random(count: secret.utf8.count / 2)
        guard let bytes = Secrets.bytes(hex: secret), bytes.count == key.count else { return secret }
        return Secrets.hex(key) + Secrets.hex(zip(key, bytes).map { $0 ^ $1 })
    }

    static func matches(_ sent: String, _ secret: String) -> Bool {
        guard sent.utf8.count == 2 * secret.utf8.count, let both = Secrets.bytes(hex: sent) else {
            return Secrets.equal(sent, secret)
        }
        let half = both.count / 2
        return Secrets.equal(Secrets.hex(zip(both[..<half], both[half...]).map { $0 ^ $1 }), secret)
    }

    /// A name for what the windows of one session share; it does not give the token away.
    static func family(_ secret: String) -> String {
        String(Secrets.digest("family" + secret).prefix(16))
    }
}
