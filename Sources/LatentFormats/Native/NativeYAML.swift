internal import LatentData
internal import LatentModels

/// The native document in YAML.
enum NativeYAML: ModelSyntax {
  static let name = NativeReader.formatName
  static let extensions = ["yaml", "yml"]
  static let declaresLatentVariables = true
  static let holdsNumbers = true
  static let marksUnseenRows = true
  static let knowsIndicators = true
  static let namesNetworks = false
  static let needsParameters = false

  /// YAML has no beginning of its own: it is what no other format claims.
  static func recognizes(_ beginning: FileBeginning) -> Bool { false }

  static func parse(_ source: ModelSource) throws(FileError) -> ParsedModel {
    try NativeReader.read(try YAMLParser.parse(source.text), source.text, .yaml)
  }

  /// A line for each variable and each edge; a table stands on one line below up to one parent, otherwise a row does.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> ModelText {
    try checkNames(of: model, spelling.file)
    let (structure, data) = (model.structure, model.withoutIndicators)
    var text = "latent: 1\n"
    if !model.codebook.missing.isEmpty {
      text += "missing: [\(model.codebook.missing.map(TextSpelling.yaml).joined(separator: ", "))]\n"
    }
    text += "variables:\(data.schema.count == 0 ? " {}" : "")\n"
    for declaration in NativeDeclaration.all(of: data) {
      let fields = declaration.fields(TextSpelling.yaml).map { "\($0.key): \($0.value)" }
      text += "  \(TextSpelling.yaml(declaration.name)): {\(fields.joined(separator: ", "))}\n"
    }
    let edges = EdgeGrouping.texts(of: data)
    if !edges.isEmpty { text += "edges:\n" }
    for edge in edges { text += "  - \(TextSpelling.yamlEdge(edge))\n" }
    if let sequence = structure.dynamics.sequence {
      let columns = sequence.fields.map { "\($0): \(TextSpelling.yaml($1))" }
      text += "sequence: {\(columns.joined(separator: ", "))}\n"
    }
    let mechanisms = MissingnessText.all(of: model)
    if !mechanisms.isEmpty { text += "missingness:\n" }
    for mechanism in mechanisms {
      text += "  \(TextSpelling.yaml(mechanism.variable)): \(mechanism.text(TextSpelling.yaml) { $0 })\n"
    }
    if model.parameters.contains(where: { $0 != nil }) { text += "parameters:\n" }
    for (family, table) in zip(structure.families, model.parameters) {
      guard let table else { continue }
      text += "  \(TextSpelling.yaml(family.name)):"
      let isBlock = structure.isBlock(family)
      let row = { (cells: ArraySlice<Double>) in TextSpelling.row(cells, of: family, isBlock: isBlock) { $0 } }
      guard family.lags.isEmpty else {
        appendChain(table, family, in: structure.schema, to: &text, row: row)
        continue
      }
      append(
        table[...], below: family.parents[...], in: structure.schema, indentation: "    ", to: &text, row: row)
    }
    append(UnseenRows.all(in: model), in: structure, to: &text)
    return ModelText(text: text)
  }

  /// The rows of the first step, and those of the later steps.
  private static func appendChain(
    _ cells: [Double], _ family: Family, in schema: Schema, to text: inout String, row: (ArraySlice<Double>) -> String
  ) {
    let count = family.initialParameters.count
    text += "\n    initial:"
    append(cells[..<count], below: family.parents[...], in: schema, indentation: "      ", to: &text, row: row)
    text += "    transition:"
    append(
      cells[count...], below: (family.parents + family.lags)[...], in: schema, indentation: "      ", to: &text,
      row: row)
  }

  /// The rows without data: on one line with up to one parent, otherwise a line for each.
  private static func append(_ rows: [UnseenRows], in structure: NetworkStructure, to text: inout String) {
    if !rows.isEmpty { text += "unseen:\n" }
    for rows in rows {
      text += "  \(TextSpelling.yaml(structure.family(of: rows.variable).name)):"
      let lists = rows.configurations?.map { "[\($0.map(TextSpelling.yaml).joined(separator: ", "))]" }
      if let lists, let first = rows.configurations?.first, first.count > 1 {
        text += "\n" + lists.map { "    - \($0)\n" }.joined()
      } else {
        text += lists.map { " [\($0.joined(separator: ", "))]\n" } ?? " \(NativeUnseen.all)\n"
      }
    }
  }

  /// YAML readers find keys only up to 1,024 characters, and some drop a byte order mark at the start of a text.
  private static func checkNames(of model: Model, _ file: String) throws(FileError) {
    for family in model.structure.families {
      let children = family.children.map { model.schema[$0] }
      for name in [family.name] + children.map(\.name) + children.flatMap(\.states) {
        let isLong = TextSpelling.quoted(name).utf8.count > 1000
        guard isLong || name.unicodeScalars.first == "\u{FEFF}" else { continue }
        let flaw = isLong ? "is too long for a key in YAML" : "begins with a byte order mark, which YAML may drop"
        throw FileError(
          .invalid, file: file,
          "the name '\(name.prefix(40))' \(flaw); change it, or write the model as .json")
      }
    }
  }

  /// The part of a table below some states of its first parents: a list, a map on one line, or a line for each state.
  private static func append(
    _ cells: ArraySlice<Double>, below parents: ArraySlice<VariableID>, in schema: Schema, indentation: String,
    to text: inout String, row: (ArraySlice<Double>) -> String
  ) {
    guard let parent = parents.first else {
      text += " \(row(cells))\n"
      return
    }
    let parts = zip(schema[parent].states, cells.parts(schema[parent].cardinality))
    if indentation.utf8.count == 4, parents.count == 1 {
      let rows = parts.map { "\(TextSpelling.yaml($0)): \(row($1))" }
      text += " {\(rows.joined(separator: ", "))}\n"
      return
    }
    text += "\n"
    for (state, part) in parts {
      text += "\(indentation)\(TextSpelling.yaml(state)):"
      append(part, below: parents.dropFirst(), in: schema, indentation: indentation + "  ", to: &text, row: row)
    }
  }
}

extension ArraySlice<Double> {
  /// Equal parts, in order.
  func parts(_ count: Int) -> [ArraySlice<Double>] {
    let width = self.count / count
    return (0..<count).map { self[startIndex + $0 * width..<startIndex + ($0 + 1) * width] }
  }
}
