internal import LatentData
internal import LatentModels

/// The native document in JSON.
enum NativeJSON: ModelSyntax {
  static let name = NativeReader.formatName
  static let extensions = ["json"]
  static let declaresLatentVariables = true
  static let holdsNumbers = true
  static let marksUnseenRows = true
  static let knowsIndicators = true
  static let namesNetworks = false
  static let needsParameters = false

  /// A brace before a quote; YAML has braces before plain words.
  static func recognizes(_ beginning: FileBeginning) -> Bool {
    beginning.starts(with: "{") && (beginning.second == UInt8(ascii: "\"") || beginning.second == UInt8(ascii: "}"))
  }

  static func parse(_ source: ModelSource) throws(FileError) -> ParsedModel {
    try NativeReader.read(try JSONParser.parse(source.text), source.text, .json)
  }

  /// Two spaces a level; lists of states and of probabilities stand on one line.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> ModelText {
    let (structure, data) = (model.structure, model.withoutIndicators)
    let quoted = TextSpelling.quoted
    var fields = ["\"latent\": 1"]
    if !model.codebook.missing.isEmpty {
      fields.append("\"missing\": [\(model.codebook.missing.map(quoted).joined(separator: ", "))]")
    }
    let variables = NativeDeclaration.all(of: data).map { declaration in
      let fields = declaration.fields(quoted).map { "\(quoted($0.key)): \($0.isWord ? quoted($0.value) : $0.value)" }
      return "\(quoted(declaration.name)): {\(fields.joined(separator: ", "))}"
    }
    fields.append("\"variables\": " + block("{", variables, "}", indentation: "  "))
    let edges = EdgeGrouping.texts(of: data)
    if !edges.isEmpty { fields.append("\"edges\": " + block("[", edges.map(quoted), "]", indentation: "  ")) }
    if let sequence = structure.dynamics.sequence {
      let columns = sequence.fields.map { "\(quoted($0)): \(quoted($1))" }
      fields.append("\"sequence\": {\(columns.joined(separator: ", "))}")
    }
    let mechanisms = MissingnessText.all(of: model).map {
      "\(quoted($0.variable)): \($0.text(quoted, key: quoted))"
    }
    if !mechanisms.isEmpty { fields.append("\"missingness\": " + block("{", mechanisms, "}", indentation: "  ")) }
    let parameters = zip(structure.families, model.parameters).compactMap { family, table in
      table.map {
        let value = value($0, of: family, in: structure)
        return "\(quoted(family.name)): \(value)"
      }
    }
    if !parameters.isEmpty { fields.append("\"parameters\": " + block("{", parameters, "}", indentation: "  ")) }
    let unseen = UnseenRows.all(in: model).map { rows in
      let lists = rows.configurations?.map { "[\($0.map(quoted).joined(separator: ", "))]" }
      let value = lists.map { "[\($0.joined(separator: ", "))]" } ?? quoted(NativeUnseen.all)
      return "\(quoted(structure.family(of: rows.variable).name)): \(value)"
    }
    if !unseen.isEmpty { fields.append("\"unseen\": " + block("{", unseen, "}", indentation: "  ")) }
    return ModelText(text: block("{", fields, "}", indentation: "") + "\n")
  }

  private static func value(_ cells: [Double], of family: Family, in structure: NetworkStructure) -> String {
    guard !family.lags.isEmpty else {
      return value(cells[...], of: family, below: family.parents[...], in: structure, indentation: "    ")
    }
    let count = family.initialParameters.count
    let initial = value(
      cells[..<count], of: family, below: family.parents[...], in: structure, indentation: "      ")
    let transition = value(
      cells[count...], of: family, below: (family.parents + family.lags)[...], in: structure, indentation: "      ")
    return block(
      "{", ["\"initial\": \(initial)", "\"transition\": \(transition)"], "}", indentation: "    ")
  }

  private static func value(
    _ cells: ArraySlice<Double>, of family: Family, below parents: ArraySlice<VariableID>,
    in structure: NetworkStructure,
    indentation: String
  ) -> String {
    guard let id = parents.first else {
      return TextSpelling.row(cells, of: family, isBlock: structure.isBlock(family), TextSpelling.quoted)
    }
    let parent = structure.schema[id]
    let fields = zip(parent.states, cells.parts(parent.cardinality)).map { state, part in
      let value = value(part, of: family, below: parents.dropFirst(), in: structure, indentation: indentation + "  ")
      return "\(TextSpelling.quoted(state)): \(value)"
    }
    return block("{", fields, "}", indentation: indentation)
  }

  private static func block(_ opening: String, _ items: [String], _ closing: String, indentation: String) -> String {
    guard !items.isEmpty else { return opening + closing }
    let lines = items.map { "\n\(indentation)  \($0)" }
    return opening + lines.joined(separator: ",") + "\n\(indentation)\(closing)"
  }
}
