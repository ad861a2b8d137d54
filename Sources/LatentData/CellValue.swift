/// A cell as people write it: a label, a number, or nothing where it is missing.
///
/// Literals stand for it: `"yes"`, `21.5`, `30` and `nil`.
public enum CellValue: Hashable, Sendable {
  /// Nothing was observed.
  case missing
  /// The state with this label.
  case label(String)
  /// This number.
  case number(Double)
}

extension CellValue: ExpressibleByStringInterpolation, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByNilLiteral, CustomStringConvertible
{
  /// A label.
  public init(stringLiteral label: String) { self = .label(label) }

  /// A number.
  public init(floatLiteral number: Double) { self = .number(number) }

  /// A number.
  public init(integerLiteral number: Int) { self = .number(Double(number)) }

  /// A missing cell.
  public init(nilLiteral: ()) { self = .missing }

  /// The label, the number, or `missing`.
  public var description: String {
    switch self {
    case .missing: "missing"
    case .label(let label): label
    case .number(let number): "\(number)"
    }
  }
}

/// The cells of one column as people write them, in the order of the rows.
///
/// An array literal stands for it, `["yes", nil, "no"]` or `[21.5, nil, 30]`; arrays of optionals go through
/// `labels(_:)` and `numbers(_:)`.
public struct ColumnValues: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// One cell per row.
  public let cells: [CellValue]

  /// A column of these cells.
  public init(_ cells: [CellValue]) { self.cells = cells }

  /// A column of these cells.
  public init(arrayLiteral cells: CellValue...) { self.cells = cells }

  /// The cells of a variable with states; nil is a missing one.
  public static func labels(_ labels: [String?]) -> ColumnValues {
    ColumnValues(labels.map { $0.map { .label($0) } ?? .missing })
  }

  /// The cells of a variable of numbers; nil and NaN are missing ones.
  public static func numbers(_ numbers: [Double?]) -> ColumnValues {
    ColumnValues(numbers.map { $0.map { $0.isNaN ? .missing : .number($0) } ?? .missing })
  }
}
