import Values

/// A ledger as it is kept: one JSON object.
extension ClockLedger {
    /// `{"started": ms, "pauses": [{"from": ms, "until": ms, "reason": "…"}], "stopped": ms}`.
    package var text: String {
        var json = JSONBuilder(escaping: .minimal)
        json.object { json in
            json.key("started")
            json.raw(String(startedAt.milliseconds))
            if !pauses.isEmpty {
                json.key("pauses")
                json.array { json in
                    for pause in pauses {
                        json.object { json in
                            json.key("from")
                            json.raw(String(pause.from.milliseconds))
                            if let until = pause.until {
                                json.key("until")
                                json.raw(String(until.milliseconds))
                            }
                            json.field("reason", pause.reason)
                        }
                    }
                }
            }
            if let stoppedAt {
                json.key("stopped")
                json.raw(String(stoppedAt.milliseconds))
            }
        }
        return json.text
    }

    /// Nil for a text that is none.
    package init?(text: String) {
        // What is no JSON is no ledger.
        guard let json = try? JSONReader.read(text), let start = Self.instant(json["started"]) else { return nil }
        self.init(startedAt: start)
        if case .array(let items)? = json["pauses"] {
            for item in items {
                guard let from = Self.instant(item["from"]) else { return nil }
                var reason = ""
                if case .text(let text)? = item["reason"] { reason = text }
                pause(at: from, reason: reason)
                if let until = Self.instant(item["until"]) { resume(at: until) }
            }
        }
        if let stop = Self.instant(json["stopped"]) { self.stop(at: stop) }
    }

    private static func instant(_ json: JSONValue?) -> Instant? {
        guard case .number(let text)? = json, let value = Int64(text) else { return nil }
        return Instant(milliseconds: value)
    }
}
