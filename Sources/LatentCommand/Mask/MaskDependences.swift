internal import Latent

/// A part of the log-odds of hiding a cell.
struct MaskTerm {
  /// The position of the column that it looks at.
  let position: Int
  let condition: Condition
  let weight: Double

  /// When, and how often, the weight counts.
  enum Condition {
    /// Once, where the cell holds this label.
    case holds([UInt8])
    /// Once per unit of the number in the cell.
    case perUnit
  }
}

/// What the log-odds of hiding each column depend on.
struct MaskDependences {
  /// By the position of the column that is masked.
  private(set) var terms: [Int: [MaskTerm]] = [:]

  init(_ values: [String], _ names: MaskNames) throws(CommandError) {
    for value in values {
      guard let (target, rest) = Self.target(value, names) else {
        let name = trimmed(value.prefix { $0 != ":" })
        guard value.contains(":") else {
          throw CommandError(.usage, "--depends-on: found '\(value)', expected 'COLUMN: COLUMN=LABEL:WEIGHT'")
        }
        _ = try names.position(name, option: "--depends-on")
        continue
      }
      terms[target, default: []] += try Self.terms(rest, names)
    }
  }

  /// Checks that the dependences are those of the mechanism.
  ///
  /// - masked: the positions of all columns to be masked.
  func check(_ mechanism: MaskMechanism, masked: [Int], _ names: MaskNames) throws(CommandError) {
    if let stray = terms.keys.sorted().first(where: { !masked.contains($0) }) {
      throw CommandError(.usage, "--depends-on: \(names.header[stray]) is not among --columns; add it there")
    }
    guard mechanism == .mar || mechanism == .mnar else { return }
    for position in masked {
      let name = names.header[position]
      guard let terms = terms[position] else {
        throw CommandError(
          .usage, "nothing says what hiding \(name) depends on; add --depends-on '\(name): …', or use mcar")
      }
      let looked = terms.first { masked.contains($0.position) }.map { names.header[$0.position] }
      if mechanism == .mar, let looked {
        let reason = looked == name ? "the column itself" : "\(looked), which is masked, too"
        throw CommandError(
          .usage,
          "--depends-on: \(name) depends on \(reason); that is mnar, under mar use columns that stay as they are")
      }
      if mechanism == .mnar, looked == nil {
        throw CommandError(
          .usage,
          "--depends-on: \(name) depends on columns that stay as they are only; that is mar, under mnar name \(name) or "
            + "another masked column")
      }
    }
  }

  /// The column before the first colon that has the name of one before it, and the rest.
  private static func target(_ value: String, _ names: MaskNames) -> (Int, String)? {
    for index in value.indices where value[index] == ":" {
      if let position = names.header.firstIndex(of: trimmed(value[..<index])) {
        return (position, String(value[value.index(after: index)...]))
      }
    }
    return nil
  }

  /// The terms between the commas of a text; the text as one term where it makes sense only as a whole, because there is
  /// a comma in a name or label.
  private static func terms(_ text: String, _ names: MaskNames) throws(CommandError) -> [MaskTerm] {
    var terms: [MaskTerm] = []
    do {
      for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
        terms.append(try term(String(piece), names))
      }
    } catch {
      guard let whole = try? term(text, names) else { throw error }
      return [whole]
    }
    return terms
  }

  /// `A=label:weight` or `A:weight`.
  private static func term(_ text: String, _ names: MaskNames) throws(CommandError) -> MaskTerm {
    guard let colon = text.lastIndex(of: ":"), let weight = Evidence.number(trimmed(text[text.index(after: colon)...]))
    else {
      throw CommandError(
        .usage, "--depends-on: found '\(trimmed(text))', expected COLUMN=LABEL:WEIGHT, or COLUMN:WEIGHT for numbers")
    }
    let left = trimmed(text[..<colon])
    if let position = names.header.firstIndex(of: left) {
      return MaskTerm(position: position, condition: .perUnit, weight: weight)
    }
    if let (position, label) = names.split(left, at: "=") {
      return MaskTerm(position: position, condition: .holds(Array(trimmed(label).utf8)), weight: weight)
    }
    let name = left.firstIndex(of: "=").map { trimmed(left[..<$0]) } ?? left
    _ = try names.position(name, option: "--depends-on")
    preconditionFailure("a name without a column was refused")
  }
}
