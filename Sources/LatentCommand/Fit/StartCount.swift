internal import ArgumentParser
internal import Latent

/// How often EM starts, as it is typed: `20`, `auto`, or `auto:1000`.
struct StartCount: ExpressibleByArgument, CustomStringConvertible {
  /// The count of the library.
  let policy: StartPolicy.Count
  /// As it was typed.
  let description: String

  init?(argument: String) {
    description = argument
    if let count = Int(argument) {
      policy = .exactly(count)
    } else if argument == "auto" {
      policy = .automatic
    } else if argument.hasPrefix("auto:"), let most = Int(argument.dropFirst("auto:".count)) {
      policy = .automatic(most: most)
    } else {
      return nil
    }
  }

  /// Whether the number is one that the tool runs.
  var isPossible: Bool {
    switch policy {
    case .standard: true
    case .exactly(let count), .automatic(let count): (1...10_000).contains(count)
    }
  }
}
