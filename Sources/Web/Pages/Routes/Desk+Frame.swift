import Definitions
import Kernel

extension Desk {
    /// A whole page inside the frame.
    ///
    /// - Parameter place: object whose entry of the menu is the current one; nil for the day.
    func page(
        _ content: some Markup, _ frame: Frame, title: String, place: String? = nil, crumbs: [Shell.Crumb] = [],
        backURL: String? = nil, scripts: [String] = [], status: Int = 200, titleNote: String = ""
    ) -> Reply {
        let context = context
        let entries = menu(frame, place: place, title: title)
        var shell = Shell(
            primary: entries.primary, more: entries.more, settings: entries.settings, person: person(frame),
            title: title)
        if AbsenceSheet.isOffered(frame.sight) {
            shell.personal = [
                Shell.Entry(
                    label: Words.absence, icon: "users", url: Paths.absence,
                    isCurrent: exchange.path.first == "absence")
            ]
        }
        shell.personal.append(
            Shell.Entry(
                label: Words.noticeSettings, icon: "bell", url: Paths.noticeSettings,
                isCurrent: exchange.path == ["settings", "notices"]))
        shell.personal.append(
            Shell.Entry(label: Words.help, icon: "book", url: Paths.help, isCurrent: exchange.path.first == "help"))
        shell.crumbs = crumbs.isEmpty ? [Shell.Crumb(text: title, url: nil)] : crumbs
        shell.backURL = backURL
        shell.unread = frame.unread
        shell.sequence = frame.sequence
        shell.titleNote = titleNote
        shell.flash = flash
        shell.tour = tourCard(frame)
        shell.logo = logo
        var reply = Reply.html(shell.document(context, scripts: scripts, content: content), status: status)
            .with("speculation-rules", "\"" + context.assets.url("ahead.rules") + "\"")
        if shell.flash != nil {
            reply = reply.with(
                "set-cookie", "\(Self.flashCookie)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" + pages.secure)
        }
        return reply
    }

    private func person(_ frame: Frame) -> Shell.Person {
        let roles = actor.roles.compactMap { frame.sight.model.role($0)?.label[context.language] }
        return Shell.Person(name: actor.name, login: actor.login, roles: roles.prefix(3).joined(separator: " · "))
    }

    private func menu(
        _ frame: Frame, place: String?, title: String
    ) -> (primary: [Shell.Entry], more: [(title: Label, entries: [Shell.Entry])], settings: [Shell.Entry]) {
        let sight = frame.sight
        let day = Shell.Entry(
            label: Words.todayShort, icon: "home", url: Paths.day, waiting: frame.waiting.values.reduce(0, +),
            isCurrent: exchange.path.isEmpty)
        var primary = [day]
        if sight.model.object("approval_step")?.field("state") != nil {
            primary.append(
                Shell.Entry(
                    label: Words.approvals, icon: "stamp", url: Paths.approvals, waiting: frame.approvals,
                    isCurrent: exchange.path.first == "approvals"))
        }
        let board = relayEntry(sight, place: place, waiting: frame.batons)
        var work: [Shell.Entry] = []
        var rules: [Shell.Entry] = []
        var known: Set<String> = []
        for item in sight.model.menu {
            guard let object = sight.model.object(item.object), !object.retired, sight.canRead(item.object),
                known.insert(item.object).inserted
            else { continue }
            let entry = Shell.Entry(
                label: item.label, icon: item.icon, url: Self.home(of: object),
                waiting: frame.waiting[item.object] ?? 0,
                isCurrent: item.object == place)
            if item.primary {
                primary.append(entry)
            } else if object.isSetting {
                rules.append(entry)
            } else {
                work.append(entry)
                if item.object == "meeting", sight.canCreate("meeting") { work.append(findTime) }
            }
        }
        // After customers, inquiries and the like, before the rest; on the phone it is the third of the four.
        if let board { primary.insert(board, at: min(2, primary.count)) }
        // What a customer has added is found without a line in the menu.
        for object in sight.objects where object.layer == .overlay && object.parent == nil && !object.retired {
            guard known.insert(object.id).inserted else { continue }
            work.append(
                Shell.Entry(
                    label: object.plural, icon: object.icon, url: Paths.list(object.id), isCurrent: object.id == place))
        }
        var more: [(title: Label, entries: [Shell.Entry])] = []
        if !work.isEmpty { more.append((Label(zh: "业务", en: "Work"), work)) }
        if !rules.isEmpty { more.append((Label(zh: "基础资料", en: "Master data"), rules)) }
        // What is built, and how the house works: one way in, to what each may open.
        let settings = [
            Shell.Entry(
                label: Words.settings, icon: "sliders", url: Paths.settings,
                isCurrent: ["build", "settings"].contains(exchange.path.first))
        ]
        return (primary, more, settings)
    }

    /// The relay, for who may see an object that runs in one.
    private func relayEntry(_ sight: ModelSight, place: String?, waiting: Int) -> Shell.Entry? {
        guard RelayProcess.first(sight) != nil else { return nil }
        return Shell.Entry(
            label: context.language == .en ? Words.relayShort : Words.relay, icon: "relay", url: Paths.relay,
            waiting: waiting, isCurrent: place == Self.relayPlace)
    }

    /// Records that climb a ladder are worked on at their board.
    private static func home(of object: ObjectDefinition) -> String {
        object.ladder?.lanes.isEmpty == false ? Paths.board(object.id) : Paths.list(object.id)
    }

    private var findTime: Shell.Entry {
        Shell.Entry(
            label: Label(zh: "找开会时间", en: "Find a time"), icon: "clock", url: Paths.findMeeting,
            isCurrent: exchange.path == ["meetings", "find"])
    }
}
