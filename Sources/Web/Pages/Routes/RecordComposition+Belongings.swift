import Definitions
import Kernel
import Values

/// What belongs to a record beside its own fields: files, follow-ups, the way through its stages.
extension RecordComposition {
    /// Fields for files that hold some or may be given some.
    func shelves() -> [RecordDetailPage.FileShelf] {
        definition.liveFields.filter { $0.type == .files && eyes.isReadable($0.id, of: object) }.compactMap { field in
            let isOpen = !sheet.isDeleted && record.editable.contains(field.id)
            var shelf = RecordDetailPage.FileShelf(label: eyes.say(field.label))
            let files = sheet.files.filter { $0.field == field.id }
            shelf.files = files.filter(\.isCurrent).map { file in
                var out = shelfFile(file, isOpen: isOpen)
                out.older = files.filter { $0.name == file.name && !$0.isCurrent }.reversed().map {
                    shelfFile($0, isOpen: isOpen)
                }
                return out
            }
            if isOpen { shelf.uploadURL = Paths.files(object, id, field.id) }
            return isOpen || !shelf.files.isEmpty ? shelf : nil
        }
    }

    private func shelfFile(_ file: FileView, isOpen: Bool) -> RecordDetailPage.FileShelf.File {
        let url = Paths.files(object, id, file.id.description)
        let sender = file.by.flatMap { sheet.senders[$0.description] }
        var out = RecordDetailPage.FileShelf.File(
            name: file.name, size: eyes.page.format.fileSize(file.size), url: url, version: file.version,
            note: [eyes.page.format.instant(file.at), sender].compactMap { $0 }.joined(separator: " · "))
        if file.mediaType != "application/octet-stream" {
            out.viewURL = url + "?view"
            out.isPicture = file.mediaType.hasPrefix("image/")
        }
        if isOpen { out.removeURL = url + "/remove" }
        return out
    }

    // MARK: What belongs to it

    func steps() -> [RecordDetailPage.Step] {
        sheet.followUps.map { note in
            let person = note["by"].record.flatMap { note.titles[$0] } ?? ""
            let at = note["next_at"].instant
            return RecordDetailPage.Step(
                text: String(note["summary"].text?.prefix(60) ?? ""), note: person,
                due: at.map { DueTag.make($0, isDay: false, now: now, format: eyes.page.format) },
                url: Paths.record(note.object, note.id.description))
        }
    }

    func progress() -> (title: String, url: String?, rows: [RecordDetailPage.Progress])? {
        guard let running = sheet.running, !running.rows.isEmpty, let other = eyes.model.object(running.list.object),
            let legs = RunningLegs(eyes: eyes, object: other.id)
        else { return nil }
        let url = Paths.record(object, id) + "?tab=" + RelatedTab.id(running.list, in: definition)
        return (eyes.say(other.plural), url, running.rows.map { progress($0, legs) })
    }

    /// The record's own way through its stages.
    func track() -> RecordDetailPage.Progress? {
        if let standing = sheet.standing, let leg = standing.leg, let baton = standing.now {
            return relay(standing, leg, baton)
        }
        guard !sheet.isDeleted, let legs = RunningLegs(eyes: eyes, object: object),
            let code = record[legs.states.field].text, legs.codes.contains(where: { $0.code == code })
        else { return nil }
        return progress(record, legs)
    }

    /// Where the baton is, with the way to the board.
    private func relay(
        _ standing: RelayStanding, _ leg: LegDefinition, _ baton: RelaySheet.Now
    ) -> RecordDetailPage.Progress {
        let ended = Dictionary(
            grouping: standing.runs.filter { $0.endedAt != nil && $0.record == record.id }, by: \.leg)
        let legs = standing.process.legs(of: object).map { one -> RecordDetailPage.Progress.Leg in
            if one.id == leg.id { return .current }
            guard let runs = ended[one.id] else { return .coming }
            return runs.contains(where: \.wasLate) ? .late : .done
        }
        let time = LegTime(format: eyes.page.format)
        var out = RecordDetailPage.Progress(
            title: record.title, url: Paths.relay(object, id), amount: "", legs: legs,
            holder: baton.holder?.name ?? eyes.say(Words.nobody), leg: eyes.say(leg.label),
            due: Tag(
                baton.isOffered && baton.tone != .late ? eyes.say(Words.offered) : time.words(baton),
                tone: baton.tag, icon: baton.tone.icon), note: "")
        out.links = [
            (eyes.say(baton.isMine ? Words.handOver : Words.relay), RelayAddress(object: object).opening(record.id)),
            (eyes.say(Words.wholeMap), Paths.relay(object, id)),
        ]
        return out
    }

    private func progress(_ row: RecordView, _ legs: RunningLegs) -> RecordDetailPage.Progress {
        let code = row[legs.states.field].text ?? ""
        let current = legs.codes.firstIndex { $0.code == code } ?? 0
        let amount = legs.columns.first {
            if case .money? = eyes.field($0, of: row.object)?.type { true } else { false }
        }
        let holder = legs.columns.last.flatMap { row[$0].record }.flatMap { row.titles[$0] } ?? ""
        // What has sailed is no longer late.
        let due = row["actual_etd"].isNull ? legs.columns.compactMap { row[$0].day }.first : nil
        return RecordDetailPage.Progress(
            title: row.title, url: Paths.record(row.object, row.id.description),
            amount: amount.map { eyes.shown($0, of: row).plain } ?? "",
            legs: legs.codes.indices.map { $0 < current ? .done : $0 == current ? .current : .coming }, holder: holder,
            leg: legs.codes.indices.contains(current) ? eyes.say(legs.codes[current].label) : code,
            due: due.map { DueTag.make(Instant(day: $0), isDay: true, now: now, format: eyes.page.format) }, note: "")
    }
}
