import Foundation

/// What a run of the tool left behind.
struct ToolRun: Equatable {
  var status: Int32
  var standardOutput: String
  var standardError: String
}

/// A command line that is refused: the exit code and what standard error says, for tests by table.
struct Refusal: Sendable, CustomStringConvertible {
  let arguments: [String]
  let status: Int32
  let sentence: String

  init(_ status: Int32, _ arguments: [String], _ sentence: String) {
    self.status = status
    self.arguments = arguments
    self.sentence = sentence
  }

  var description: String { arguments.joined(separator: " ") }

  /// What a refusal by a command looks like: the sentence alone, and nothing on standard output.
  var run: ToolRun { ToolRun(status: status, standardOutput: "", standardError: sentence + "\n") }
}

/// The built `latent`, which lies beside the test bundle.
enum Tool {
  /// Runs the tool in a folder, with a screen of 80 columns, and waits for its end.
  static func run(_ arguments: String..., input: String = "", in folder: Folder) throws -> ToolRun {
    try run(arguments, input: input, in: folder)
  }

  /// - environment: variables that differ from ours.
  static func run(
    _ arguments: [String], input: String = "", in folder: Folder, environment: [String: String] = [:]
  ) throws -> ToolRun {
    // Streams are files outside the folder: no pipe can fill up, and tests see only what the tool wrote in the folder.
    let streams = try Folder()
    let input = streams.url.appending(path: try streams.write(input, to: "input"))
    let output = streams.url.appending(path: try streams.write("", to: "output"))
    let errors = streams.url.appending(path: try streams.write("", to: "errors"))
    let process = Process()
    process.executableURL = try location
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    // What is shown does not depend on the processor.
    process.environment = ProcessInfo.processInfo.environment
      .merging(["COLUMNS": "80", "LATENT_ISA": "base"]) { $1 }
      .merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return ToolRun(
      status: process.terminationStatus, standardOutput: try String(contentsOf: output, encoding: .utf8),
      standardError: try String(contentsOf: errors, encoding: .utf8))
  }

  static var location: URL {
    get throws {
      let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }.map(\.bundleURL)
      let places = ([Bundle.main.executableURL].compactMap(\.self) + bundles).map {
        $0.deletingLastPathComponent().appending(path: "latent")
      }
      guard let place = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
        throw CocoaError(.fileNoSuchFile)
      }
      return place
    }
  }
}

/// A temporary directory that goes with the last reference to it.
final class Folder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "latent-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// A directory with these files, by name.
  convenience init(_ files: [String: String]) throws {
    try self.init()
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns its name.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return name
  }

  /// The text of a file; nil when there is none.
  func text(of name: String) -> String? { try? String(contentsOf: url.appending(path: name), encoding: .utf8) }

  /// The names of all files, sorted.
  var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }
}
