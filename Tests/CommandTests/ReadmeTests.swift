import Foundation
import Testing

/// The README and the pages under `docs` show what the built tool prints, and quote code that is compiled.
@Suite struct ReadmeTests {
  /// Runs every `console` block of a page, in order, in one folder that holds the example, and compares all output.
  @Test(arguments: Page.names) func showsWhatTheToolPrints(_ name: String) throws {
    let page = try Page(name)
    let folder = try Folder()
    let sources = [
      "house-votes/votes.csv", "house-votes/blocs.yaml", "air-quality/airquality.csv", "soybean/soybean.csv",
      "old-faithful/faithful.csv",
      "carcinoma/carcinoma.csv", "earthquakes/earthquakes.csv",
    ]
    for source in sources {
      let url = Page.root.appending(path: "Examples/\(source)")
      try folder.write(String(contentsOf: url, encoding: .utf8), to: url.lastPathComponent)
    }
    for block in page.blocks {
      if let file = block.file { try folder.write(block.lines.joined(separator: "\n") + "\n", to: file) }
      guard block.language == "console" else { continue }
      for step in Self.steps(block.lines) {
        let printed = try Self.shell(step.command, in: folder)
        #expect(Self.timeless(printed) == Self.timeless(step.output), "\(name): \(step.command)")
      }
    }
    try Self.expectSamePictures(beside: page, in: folder)
  }

  /// The pictures beside a page are those that its commands draw.
  private static func expectSamePictures(beside page: Page, in folder: Folder) throws {
    for name in folder.files where name.hasSuffix(".svg") {
      let shown = page.url.deletingLastPathComponent().appending(path: name)
      guard FileManager.default.fileExists(atPath: shown.path) else { continue }
      #expect(try folder.text(of: name) == String(contentsOf: shown, encoding: .utf8), "\(name)")
    }
  }

  /// Swift on a page stands between two marks of a file that the tests compile, named in a comment above it.
  @Test(arguments: Page.names) func quotesCompiledCode(_ name: String) throws {
    for block in try Page(name).blocks where block.language == "swift" {
      let words = block.above.split(separator: " ").map(String.init)
      try #require(words.count == 4 && words[0] == "<!--", "\(name): \(block.lines.first ?? "")")
      let code = try String(contentsOf: Page.root.appending(path: words[1]), encoding: .utf8)
      let lines = code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let begin = try #require(lines.firstIndex { $0.drop { $0 == " " } == "// \(words[2])" })
      let end = try #require(lines.firstIndex { $0.drop { $0 == " " } == "// \(words[2].replacing("[", with: "[/"))" })
      let quoted = lines[(begin + 1)..<end]
      let indent = quoted.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
      #expect(quoted.map { String($0.dropFirst(indent)) } == block.lines, "\(name)")
    }
  }

  /// Links to files of the repository lead somewhere, and so do links to headings.
  @Test(arguments: Page.names) func linksLeadSomewhere(_ name: String) throws {
    let page = try Page(name)
    for link in page.links where !link.hasPrefix("https://") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let target = parts[0].isEmpty ? page.url : page.url.deletingLastPathComponent().appending(path: parts[0])
      #expect(FileManager.default.fileExists(atPath: target.path), "\(name): \(link)")
      guard parts.count == 2 else { continue }
      #expect(try Page.headings(of: target).contains(parts[1]), "\(name): \(link)")
    }
  }

  /// Every page is found from the README.
  @Test func theReadmeLeadsToEveryPage() throws {
    let links = try Page("README.md").links
    for name in Page.names where name.hasPrefix("docs/") { #expect(links.contains(name), "\(name)") }
  }

  private struct Step {
    var command: String
    var output: String
  }

  /// Commands begin with `$ ` and go on with `> `; what follows is what they print.
  private static func steps(_ lines: [String]) -> [Step] {
    var steps: [Step] = []
    for line in lines {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), output: ""))
      } else if line.hasPrefix("> "), !steps.isEmpty, steps[steps.count - 1].output.isEmpty {
        steps[steps.count - 1].command += "\n" + line.dropFirst(2)
      } else if !steps.isEmpty {
        steps[steps.count - 1].output += line + "\n"
      }
    }
    return steps
  }

  /// All that a command prints on both streams, with the built tool in front of the search path.
  private static func shell(_ command: String, in folder: Folder) throws -> String {
    let tools = try Tool.location.deletingLastPathComponent().path
    let streams = try Folder()
    let output = streams.url.appending(path: try streams.write("", to: "output"))
    let handle = try FileHandle(forWritingTo: output)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec 2>&1\n\(command)"]
    process.currentDirectoryURL = folder.url
    let environment = ProcessInfo.processInfo.environment
    process.environment = environment.merging(
      [
        "COLUMNS": "80", "LC_ALL": "C", "LATENT_ISA": "base",
        "PATH": "\(tools):\(environment["PATH"] ?? "/usr/bin:/bin")",
      ]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    return try String(contentsOf: output, encoding: .utf8)
  }

  /// Lines without those that hold a measured time. Numbers printed to the last bit are cut to nine digits: the
  /// mathematics library of another system may differ in the last one.
  private static func timeless(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines.filter { !$0.contains("seconds") && !$0.hasSuffix(", measured") }.map { line in
      String(line).replacing(/-?[0-9]+\.[0-9]{10,}(e-?[0-9]+)?/) { String(format: "%.8e", Double($0.0) ?? .nan) }
    }
  }
}

/// A page of the documentation, taken apart.
private struct Page {
  /// Lines between two fences.
  struct Block {
    let language: String
    /// The file that the block is, after `file=` on the fence.
    let file: String?
    /// The last line above the fence that is not empty.
    let above: String
    var lines: [String] = []
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let names: [String] = {
    [
      "README.md", "CONTRIBUTING.md", "Examples/house-votes/README.md", "Examples/air-quality/README.md",
      "Examples/soybean/README.md", "Examples/carcinoma/README.md",
    ]
      + ["docs", "Sources/Latent/Latent.docc"].flatMap { folder in
        let files = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
        return files.filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
      }
  }()

  let url: URL
  private(set) var blocks: [Block] = []
  /// The targets of all links outside blocks.
  private(set) var links: [String] = []

  init(_ name: String) throws {
    url = Self.root.appending(path: name)
    var open: Block?
    var above = ""
    for line in try Self.lines(of: url) {
      if let block = open {
        if line == "```" {
          blocks.append(block)
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        let words = line.dropFirst(3).split(separator: " ").map(String.init)
        let file = words.first { $0.hasPrefix("file=") }?.dropFirst(5)
        open = Block(language: words.first ?? "", file: file.map(String.init), above: above)
      } else {
        for match in line.matches(of: /\]\(([^)\s]+)\)/) { links.append(String(match.1)) }
        if !line.isEmpty { above = line }
      }
    }
  }

  /// The names by which links reach the headings of a page.
  static func headings(of url: URL) throws -> Set<String> {
    let titles = try lines(of: url).filter { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" }.dropFirst() }
    return Set(
      titles.map { title in
        let kept = title.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
        return kept.replacing(" ", with: "-")
      })
  }

  private static func lines(of url: URL) throws -> [String] {
    try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }
}
