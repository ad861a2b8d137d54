/// A program that a model file is written for.
public enum TargetProgram: String, CaseIterable, Hashable, Sendable {
  /// pyAgrum and aGrUM.
  case pyagrum
  /// pgmpy.
  case pgmpy
  /// GeNIe and SMILE.
  case genie
  /// Hugin.
  case hugin

  /// The name in sentences.
  public var name: String {
    switch self {
    case .pyagrum: "pyAgrum"
    case .pgmpy: "pgmpy"
    case .genie: "GeNIe"
    case .hugin: "Hugin"
    }
  }

  /// The formats that the program reads as they were meant.
  public var formats: [ModelFormat] {
    switch self {
    case .pyagrum: [.bif, .xmlbif, .net, .xdsl, .uai]
    case .pgmpy: [.bif, .xmlbif, .net, .xdsl]
    case .genie: [.xdsl, .net]
    case .hugin: [.net]
    }
  }

  /// Which parent varies fastest in the tables that the program reads, in formats that leave it open.
  public var parentOrder: ParentOrder { self == .pyagrum ? .first : .last }
}

/// What a program makes of a name or label in a file.
enum NameReading: Hashable, Sendable {
  /// It shows the text as it is.
  case asItIs
  /// It shows character codes, since the format cannot spell the text.
  case coded
  /// It cannot read a file with this text, or takes it for another one.
  case refused
}

/// Whether a text is the name of a variable or the label of a state.
enum NameRole: Hashable, Sendable {
  case variable
  case state
}

extension TargetProgram {
  /// What the program makes of a text in a format. Tried with pyAgrum 3.3.1 and pgmpy 1.1.2, character by character; GeNIe
  /// and Hugin after their descriptions.
  func reading(_ text: String, _ role: NameRole, in format: ModelFormat) -> NameReading {
    if !canRead(text, role, in: format) { return .refused }
    // An XDSL file has the names of variables beside their identifiers, and only pgmpy does not look there.
    if format == .xdsl, role == .variable, self != .pgmpy { return .asItIs }
    return format.spellsAsIs(text, role) ? .asItIs : .coded
  }

  private func canRead(_ text: String, _ role: NameRole, in format: ModelFormat) -> Bool {
    switch (self, format) {
    case (.pyagrum, .bif): Self.isPyAgrumWord(text, role)
    case (.pyagrum, _), (.genie, _), (.hugin, _): true
    case (.pgmpy, .bif): Self.isTrimmed(text) && !text.contains(where: (role == .state ? ",}" : " ){|").contains)
    case (.pgmpy, .net): role == .variable || text.allSatisfy { $0.isASCII && !"(), ".contains($0) }
    case (.pgmpy, _): true
    }
  }

  private static func isTrimmed(_ text: String) -> Bool { !text.hasPrefix(" ") && !text.hasSuffix(" ") }

  /// The words of BIF in pyAgrum: letters, digits, `_`, `-` and `.`, but no keyword, and nothing that looks like a number
  /// with a point, an exponent or a range; whole numbers are labels and no names.
  private static func isPyAgrumWord(_ text: String, _ role: NameRole) -> Bool {
    let keywords: Set = ["table", "default", "property", "variable", "type", "discrete", "probability", "network"]
    if text.wholeMatch(of: /-?[0-9]+/) != nil { return role == .state }
    return text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_.-]*|[0-9]+[A-Za-z_][A-Za-z0-9_]*/) != nil
      && text.wholeMatch(of: /[0-9]+[eE][0-9]+/) == nil && !keywords.contains(text)
  }
}

extension ModelFormat {
  /// Whether a file of this format spells a text as it is, without codes for characters.
  fileprivate func spellsAsIs(_ text: String, _ role: NameRole) -> Bool {
    let escape = role == .variable ? syntax.nameEscape : syntax.labelEscape
    return escape.map { $0.encode(text) == text } ?? true
  }
}
