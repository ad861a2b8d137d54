import Foundation
import Latent
import Testing

@testable import LatentCommand

/// JSON documents are those of Foundation's encoder, byte for byte.
@Suite struct JSONWriterTests {
  /// The document as a file has it.
  private func written(_ value: JSONValue) throws -> String {
    let folder = try Folder()
    try writeJSON(value, to: folder.url.appending(path: "document.json").path)
    return try #require(folder.text(of: "document.json"))
  }

  private func encoded(_ value: JSONValue) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(EncodedValue(value: value)), as: UTF8.self) + "\n"
  }

  @Test func randomDocumentsAreThoseOfFoundation() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let value = Self.document(depth: 3, using: &random)
      #expect(try written(value) == encoded(value))
    }
  }

  @Test(arguments: [
    0, -0.0, 1, -1, 1e-300, 1e15, 9_007_199_254_740_992, 1e16, 1.5e16, 1e22, 0.1, 1e-4, 1e-5, .leastNormalMagnitude / 3,
    .leastNonzeroMagnitude, .greatestFiniteMagnitude, 10, 100.5, 0.30000000000000004,
  ])
  func numbersAreThoseOfFoundation(_ number: Double) throws {
    #expect(try written(.number(number)) == encoded(.number(number)))
  }

  @Test func everyCharacterOfOneByteIsSpelledAsFoundationDoes() throws {
    for code in 0..<UInt8(0x80) {
      let value = JSONValue.text("a\(Unicode.Scalar(code))/é家\u{2028}😀")
      #expect(try written(value) == encoded(value))
    }
  }

  @Test func whatHasNoNumberIsNull() throws {
    #expect(try written(.numbers([.infinity, -.infinity, .nan])) == "[\n  null,\n  null,\n  null\n]\n")
  }

  @Test func membersWithoutValueAreLeftOut() throws {
    let expected = """
      {
        "a" : null,
        "c" : 18446744073709551615
      }

      """
    #expect(try written(["b": nil, "a": .null, "c": .seed(.max)]) == expected)
  }

  /// A list that is written piece by piece, longer than any buffer, inside an object.
  @Test func streamedListsAreThoseInMemory() throws {
    let keys = ["b", "a", "é", "B"]
    let rows = (0..<5000).map { row in keys.map { JSONValue.text("\($0)\(row)") } }
    let streamed = JSONValue.written { writer in
      try writer.list { writer in
        for row in rows {
          try writer.object { writer in
            for (key, cell) in zip(keys.map { JSONKey($0) }, row).sorted(by: { $0.0 < $1.0 }) {
              writer.write(key)
              try writer.write(cell)
            }
          }
        }
      }
    }
    let whole = JSONValue.list(rows.map { .object(Dictionary(uniqueKeysWithValues: zip(keys, $0))) })
    #expect(try written(["rows": streamed, "x": .list([])]) == encoded(["rows": whole, "x": .list([])]))
  }

  /// A random value: nested lists and objects, some of them empty, with whatever texts and numbers.
  private static func document(depth: Int, using random: inout SplitMix64) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
    case 0: return .null
    case 1: return .flag(Bool.random(using: &random))
    case 2: return .integer(Int(truncatingIfNeeded: random.next()))
    case 3:
      let number = Double(bitPattern: random.next())
      return .number(number.isFinite ? number : 0.5)
    case 4: return .text(text(using: &random))
    case 5, 6:
      return .list(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in document(depth: depth - 1, using: &random) })
    default:
      var members: [String: JSONValue] = [:]
      for _ in 0..<Int.random(in: 0..<5, using: &random) {
        members[text(using: &random)] = document(depth: depth - 1, using: &random)
      }
      return .object(members)
    }
  }

  private static func text(using random: inout SplitMix64) -> String {
    let alphabet: [Character] = [
      "a", "B", "1", "9", "_", " ", "\"", "\\", "/", "\n", "\u{1}", "\u{7F}", "é", "\u{212B}", "😀",
    ]
    let count = Int.random(in: 0..<6, using: &random)
    return String((0..<count).compactMap { _ in alphabet.randomElement(using: &random) })
  }
}

/// A document for Foundation's encoder.
private struct EncodedValue: Encodable {
  let value: JSONValue

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .null, .written: try container.encodeNil()
    case .flag(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .seed(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values.map { EncodedValue(value: $0) })
    case .object(let members): try container.encode(members.mapValues { EncodedValue(value: $0) })
    }
  }
}
