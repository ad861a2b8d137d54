internal import ArgumentParser
internal import Latent

/// Which files a shell offers where a command names one.
extension CompletionKind {
  /// Model files, packed ones included.
  static let modelFile = CompletionKind.file(extensions: ModelFormat.allCases.flatMap(\.extensions) + ["gz"])

  /// Tables.
  static let tableFile = CompletionKind.file(extensions: tables)

  /// Models and tables.
  static let modelOrTableFile = CompletionKind.file(extensions: ModelFormat.allCases.flatMap(\.extensions) + tables)

  private static let tables = ["csv", "tsv", "tab", "txt", "dat", "data", "gz"]
}
