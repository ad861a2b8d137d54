internal import Foundation
internal import Latent

/// A text on standard output; an error when it cannot be written.
func writeText(_ text: String) throws {
  let output = try OutputFile("-")
  try output.write(text)
  try output.commit()
}

/// One JSON document, on standard output unless a file is named: names of properties in snake case, keys in alphabetical
/// order, numbers to the last bit.
func writeJSON(_ value: some Encodable, to path: String? = nil) throws {
  let encoder = JSONEncoder()
  encoder.keyEncodingStrategy = .convertToSnakeCase
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  let output = try OutputFile(path ?? "-")
  try output.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
  try output.commit()
}

extension Double {
  /// The number for JSON, which has no infinities: nil becomes `null`.
  var finite: Double? { isFinite ? self : nil }
}
