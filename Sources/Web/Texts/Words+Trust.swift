import Definitions

/// The texts of the page about the house's own certificate.
enum TrustWords {
    static let title = Label(zh: "让这台设备信任接力", en: "Let this device trust Baton")
    static let why = Label(
        zh: "接力用自己的证书加密。每台设备装一次，浏览器就不再警告，手机也能把接力装成应用、离线打开、用相机。",
        en:
            "Baton encrypts with a certificate of its own. Install it once on each device: the browser "
            + "stops warning, and a phone can install Baton as an app, open it offline and use the camera."
    )
    static let fetch = Label(zh: "下载证书，核对指纹", en: "Download the certificate, compare the fingerprint")
    static let download = Label(zh: "下载证书", en: "Download the certificate")
    static let compare = Label(
        zh: "SHA-256 指纹，要和服务器启动时显示的一致；不一致就不要安装：",
        en: "SHA-256 fingerprint. It must match what the server printed at its start; do not install it otherwise:")
    static let install = Label(zh: "在设备上安装", en: "Install it on the device")
    static let enter = Label(zh: "打开接力", en: "Open Baton")
    static let open = Label(zh: "用加密地址打开", en: "Open the encrypted address")
    static let still = Label(
        zh: "仍有警告：把浏览器完全关掉再打开，并确认地址是服务器显示的那个。",
        en: "Still a warning: close the browser completely, and check that the address is the one the server printed.")
    static let other = Label(zh: "用手机扫码打开本页", en: "Scan to open this page on a phone")
    static let code = Label(zh: "本页地址的二维码", en: "Code with the address of this page")
    static let limits = Label(
        zh: "这张根证书只能为本机名称和内网地址签发，对其他网站无效。不再使用接力时，在同一处把它删掉。",
        en:
            "This root can only sign for this machine's name and private addresses; it is void for any "
            + "other site. Remove it in the same place when you stop using Baton."
    )
    static let help = Label(zh: "浏览器提示不安全？信任本机证书", en: "Browser warning? Trust this server's certificate")

    static func name(_ device: TrustPage.Device) -> Label {
        switch device {
        case .windows: Label(zh: "Windows 电脑", en: "Windows")
        case .mac: Label(zh: "苹果电脑", en: "Mac")
        case .iphone: Label(zh: "iPhone、iPad", en: "iPhone, iPad")
        case .android: Label(zh: "安卓手机", en: "Android")
        }
    }

    static func steps(_ device: TrustPage.Device) -> [Label] {
        switch device {
        case .windows: windows
        case .mac: mac
        case .iphone: iphone
        case .android: android
        }
    }

    private static let windows = [
        Label(zh: "双击下载的 baton-ca.crt，点“安装证书”", en: "Double-click baton-ca.crt and choose Install Certificate"),
        Label(zh: "选“当前用户”，下一步", en: "Choose Current User, then Next"),
        Label(
            zh: "选“将所有的证书都放入下列存储”，浏览，选“受信任的根证书颁发机构”",
            en:

                """
                Choose “Place all certificates in the following store”, Browse, “Trusted Root Certification \
                Authorities”
                """
        ),
        Label(
            zh: "完成；弹出安全警告时核对指纹，点“是”",
            en: "Finish; at the security warning compare the thumbprint and choose Yes"),
        Label(
            zh: "把浏览器完全关掉再打开。Firefox 仍警告时：设置 → 隐私与安全 → 证书 → 查看证书 → 证书颁发机构 → 导入",
            en:
                "Close the browser completely and open it again. If Firefox still warns: Settings → Privacy & "
                + "Security → Certificates → View Certificates → Authorities → Import"
        ),
    ]
    private static let mac = [
        Label(zh: "双击下载的 baton-ca.crt，加入“登录”钥匙串", en: "Double-click baton-ca.crt and add it to the login keychain"),
        Label(
            zh: "在“钥匙串访问”里找到名为 Baton 的证书，双击",
            en: "In Keychain Access find the certificate named Baton and double-click it"),
        Label(zh: "展开“信任”，“使用此证书时”选“始终信任”", en: "Open Trust and set “When using this certificate” to Always Trust"),
        Label(zh: "关闭窗口，输入这台电脑的密码", en: "Close the window and enter the password of this Mac"),
    ]
    private static let iphone = [
        Label(
            zh: "用 Safari 打开本页，点“下载证书”，允许下载配置描述文件",
            en: "Open this page in Safari, download the certificate, allow the profile"),
        Label(
            zh: "设置 → 已下载描述文件 → 安装，输入锁屏密码",
            en: "Settings → Profile Downloaded → Install, and enter the passcode"),
        Label(
            zh: "设置 → 通用 → 关于本机 → 证书信任设置，打开 Baton 的开关。少了这一步仍会警告",
            en:
                "Settings → General → About → Certificate Trust Settings: switch Baton on. Without this step "
                + "the warning stays"
        ),
    ]
    private static let android = [
        Label(
            zh: "下载证书；浏览器打不开它没有关系", en: "Download the certificate; it does not matter that the browser can't open it"),
        Label(
            zh: "设置 → 安全 → 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书（各品牌叫法不同，在设置里搜“证书”）",
            en:
                "Settings → Security → More security settings → Encryption & credentials → Install a "
                + "certificate → CA certificate (names differ by maker: search the settings for “certificate”)"
        ),
        Label(
            zh: "点“仍然安装”，验证锁屏密码，选 baton-ca.crt", en: "Choose Install anyway, confirm the screen lock, pick baton-ca.crt"
        ),
        Label(zh: "用 Chrome 打开接力", en: "Open Baton in Chrome"),
    ]
}
