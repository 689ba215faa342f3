import CCrypto
import Values

extension TradeDocument {
    /// SHA-256 of everything that is printed, 64 lower-case hex digits.
    ///
    /// Two documents have the same hash when every text, number and flag is the same. Each text goes in with its length
    /// before it, so that no two documents share a form.
    package var contentHash: String {
        var form = CanonicalForm()
        form.add("baton-trade-document-1", kind.rawValue, language.rawValue, number, "\(version)", date.description)
        form.add(validUntil?.description ?? "", isDraft ? "draft" : "", currency, "\(amountScale)", remarks)
        form.add(title.map { [$0] } ?? [])
        form.add(seller)
        form.add(buyer)
        form.count(furtherParties.count)
        for further in furtherParties {
            form.add([further.label])
            form.add(further.party)
        }
        for part in [references, transport, packing, terms, bank] { form.add(part) }
        form.count(columns.count)
        for column in columns {
            form.add([column.label])
            form.add("\(column.share)", column.alignment.rawValue, column.showsPicture ? "picture" : "")
        }
        form.count(lines.count)
        for line in lines {
            form.add(line.cells)
            form.add(line.amount?.shortest ?? "")
            form.add(line.picture)
        }
        for rows in [charges, totals] { form.add(rows.map { LabelledText($0.label, $0.amount) }) }
        form.add([amountInWords])
        form.count(signatures.count)
        for signature in signatures {
            form.add([signature.label])
            form.add(signature.company, signature.note)
        }
        return form.hash
    }
}

/// Texts one after another, each preceded by its length in 8 bytes.
private struct CanonicalForm {
    private var bytes: [UInt8] = []

    mutating func add(_ texts: String...) {
        for text in texts { append(text) }
    }

    mutating func add(_ texts: [String]) {
        count(texts.count)
        for text in texts { append(text) }
    }

    mutating func add(_ texts: [BilingualText]) {
        count(texts.count)
        for text in texts { add(text.zh, text.en) }
    }

    mutating func add(_ texts: [LabelledText]) {
        count(texts.count)
        for text in texts { add(text.label.zh, text.label.en, text.text) }
    }

    mutating func add(_ party: DocumentParty) {
        add([party.name])
        add(party.address)
        add(party.contacts)
        add(party.logo)
    }

    mutating func add(_ picture: DocumentPicture?) {
        count(picture?.bytes.count ?? -1)
        bytes += picture?.bytes ?? []
    }

    mutating func count(_ count: Int) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }

    private mutating func append(_ text: String) {
        count(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    var hash: String {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        _ = EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
