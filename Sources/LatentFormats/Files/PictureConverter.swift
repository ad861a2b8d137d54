#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Makes a PNG picture of an SVG document by a program that is installed.
package enum PictureConverter {
  /// A program that draws SVG.
  private enum Program {
    case librsvg(String)
    case browser(String)

    var name: String {
      switch self {
      case .librsvg(let name), .browser(let name): name
      }
    }

    /// The words that make it draw `picture.svg` of a folder into `picture.png`.
    func arguments(_ folder: String, _ size: (width: Int, height: Int)) -> [String] {
      let (svg, png) = ("\(folder)/picture.svg", "\(folder)/picture.png")
      switch self {
      case .librsvg(let name): return [name, "--zoom=\(PictureConverter.scale)", "--output=\(png)", svg]
      case .browser(let name):
        // A browser refuses to run as root with its sandbox.
        let sandbox = geteuid() == 0 ? ["--no-sandbox"] : []
        return [name, "--headless"] + sandbox + [
          "--hide-scrollbars", "--force-device-scale-factor=\(PictureConverter.scale)",
          "--user-data-dir=\(folder)/profile",
          "--window-size=\(size.width),\(size.height)", "--screenshot=\(png)", "file://\(svg)",
        ]
      }
    }
  }

  private static let known: [Program] = [
    .librsvg("rsvg-convert"), .browser("chromium"), .browser("chromium-browser"), .browser("google-chrome"),
    .browser("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
  ]

  /// Pixels per unit of the document, so that text is sharp in print.
  private static let scale = 2
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
  private static let mostBytes = 1 << 30

  /// The names of the programs that are tried, in this order.
  package static var programs: [String] { known.dropLast().map(\.name) }

  /// The picture of a document that begins with its width and height; nil when there is no program that draws it.
  ///
  /// - path: where the picture will be; what is needed on the way stands beside it and goes away again.
  package static func png(of svg: String, beside path: String) throws(FileError) -> [UInt8]? {
    let folder = try WorkFolder(beside: path)
    defer { folder.remove() }
    let document = try OutputFile("\(folder.path)/picture.svg")
    try document.write(svg)
    try document.commit()
    let size = (width: length("width", in: svg), height: length("height", in: svg))
    for program in known {
      let running = try? SystemProgram(
        program.arguments(folder.path, size), environment: ["HOME", "PATH", "LANG", "TMPDIR"], interruption: .shared)
      guard let running, running.succeeded(), InputFile.exists("\(folder.path)/picture.png") else { continue }
      let bytes = try InputFile.readBytes("\(folder.path)/picture.png", limit: mostBytes)
      if bytes.starts(with: signature) { return bytes }
    }
    return nil
  }

  /// The number in the first attribute of a name.
  private static func length(_ name: String, in svg: String) -> Int {
    guard let start = svg.firstRange(of: " \(name)=\"")?.upperBound else { return 1 }
    return max(1, Int((Double(svg[start...].prefix { $0 != "\"" }) ?? 1).rounded(.up)))
  }
}

/// A folder for files on the way to another.
private struct WorkFolder {
  /// From the root of the file system.
  let path: String

  init(beside file: String) throws(FileError) {
    let parent = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    guard let resolved = realpath(parent.isEmpty ? "/" : parent, nil) else { throw .unwritable(file, .last) }
    defer { free(resolved) }
    var template = Array("\(String(cString: resolved))/latent-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!).map { String(cString: $0) } }
    guard let made else { throw .unwritable(file, .last) }
    path = made
  }

  /// Removes the folder with all that programs left in it.
  func remove() { _ = try? SystemProgram(["/bin/rm", "-rf", path]).succeeded() }
}
