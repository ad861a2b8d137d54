/// The numbers that an element holds, and where each stands in the file.
struct MarkupNumbers {
  let values: [Double]
  private let element: MarkupElement

  /// Reads numbers that white space separates; linear in their text.
  init(_ element: MarkupElement, _ source: SourceText) throws(FileError) {
    self.element = element
    var text = try element.text(source)
    let (values, flaw) = text.withUTF8 { Self.parse($0) }
    self.values = values
    guard let flaw else { return }
    let message =
      flaw.isNumber
      ? "\(flaw.word) is negative; a probability lies between 0 and 1" : "found \(flaw.word), expected a probability"
    throw source.error(at: element.place(ofWord: values.count, in: source), message)
  }

  /// The place of a number, or of its element where the bytes do not show it; linear in the element.
  func place(of number: Int, in source: SourceText) -> SourceText.Place { element.place(ofWord: number, in: source) }

  /// A word that is no probability.
  private struct Flaw {
    let word: String
    let isNumber: Bool
  }

  /// The numbers up to the first flaw.
  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> ([Double], Flaw?) {
    var values: [Double] = []
    var index = 0
    while index < bytes.count {
      while index < bytes.count, bytes[index] <= UInt8(ascii: " ") { index += 1 }
      let start = index
      while index < bytes.count, bytes[index] > UInt8(ascii: " ") { index += 1 }
      guard start < index else { break }
      let word = UnsafeBufferPointer(rebasing: bytes[start..<index])
      guard let value = DecimalNumber.parse(word), value >= 0 else {
        let isNumber = DecimalNumber.parse(word) != nil
        return (values, Flaw(word: "'\(String(decoding: word.prefix(40), as: UTF8.self))'", isNumber: isNumber))
      }
      values.append(value)
    }
    return (values, nil)
  }
}

extension MarkupElement {
  /// The place of a word of the text inside, or of the element where the bytes do not show it; linear in the element.
  func place(ofWord number: Int, in source: SourceText) -> SourceText.Place {
    places(ofWords: number + 1, in: source)[number]
  }

  /// The places of the first words of the text inside; where the bytes do not show them, the place of the element.
  func places(ofWords count: Int, in source: SourceText) -> [SourceText.Place] {
    var places: [SourceText.Place] = []
    let bytes = source.bytes
    var index = contentStart ?? bytes.count
    while index < bytes.count, places.count < count {
      if bytes[index...].starts(with: "<!--".utf8) {
        index = bytes.end(of: "-->", from: index + 4) ?? bytes.count
      } else if bytes[index] == UInt8(ascii: "<") || bytes[index] == UInt8(ascii: "&") {
        break
      } else if Unicode.Scalar(bytes[index]).isMarkupSpace {
        index += 1
      } else {
        places.append(.offset(index))
        while index < bytes.count, !Unicode.Scalar(bytes[index]).isMarkupSpace, bytes[index] != UInt8(ascii: "<") {
          index += 1
        }
      }
    }
    return places + Array(repeating: place, count: count - places.count)
  }
}
