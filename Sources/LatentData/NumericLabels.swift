/// Labels that are numbers, by their values: `6.0` in a table is the state `6` of a model.
///
/// `01` is no number here but a code; it matches as text alone. A value that two labels have stands for neither.
package struct NumericLabels: Sendable {
  private var codes: [Double: StateCode?] = [:]

  /// No labels.
  package init() {}

  /// The numbers among the labels of a variable.
  package init(_ labels: [String]) {
    for (code, label) in labels.enumerated() { add(label, code: StateCode(code)) }
  }

  /// Whether no label is a number.
  package var isEmpty: Bool { codes.isEmpty }

  /// Adds a label with its code if it is a number.
  package mutating func add(_ label: String, code: StateCode) {
    guard let value = Self.value(of: label) else { return }
    codes.updateValue(codes[value] == nil ? code : nil, forKey: value)
  }

  /// The code of the label that is the same number; nil where there is none.
  package func code(of cell: String) -> StateCode? { Self.value(of: cell).flatMap { code(of: $0) } }

  /// The code of the label that is this number; nil where there is none.
  package func code(of value: Double) -> StateCode? { codes[value] ?? nil }

  /// The value of a decimal number without needless zeros before it; nil for any other text.
  package static func value(of label: String) -> Double? {
    let digits = label.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let second = digits.dropFirst().first ?? UInt8(ascii: ".")
    let isCode = digits.first == UInt8(ascii: "0") && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(second)
    return isCode ? nil : decimal(label)
  }

  /// The value of a finite decimal number; nil for any other text, such as `inf` and `0x1`.
  package static func decimal(_ label: String) -> Double? {
    let isDecimal = label.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
    return isDecimal ? Double(label).flatMap { $0.isFinite ? $0 : nil } : nil
  }
}
