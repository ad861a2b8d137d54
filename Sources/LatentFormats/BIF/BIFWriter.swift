internal import LatentData
internal import LatentModels

extension BIF {
  /// Writes what every reader understands: plain names where possible, commas, rows keyed by parent states in order,
  /// `table` only for variables without parents, no `default`.
  static func text(of model: ModelDescription, file: String) throws(FileError) -> ModelText {
    if let id = model.unparameterized.first {
      throw FileError(
        .invalid, file: file,
        "variable \(model.schema[id].name) has no parameters, which BIF cannot leave out; fit the model first, "
          + "or write it as .yaml or .json")
    }
    let name = model.name.isEmpty ? placeholder : model.name
    var text = "network \(try spelling(name, file)) {\n}\n"
    var names: [String] = []
    var states: [[String]] = []
    for variable in model.schema.variables {
      names.append(try spelling(variable.name, file))
      var labels: [String] = []
      for state in variable.states { labels.append(try spelling(state, file)) }
      states.append(labels)
      text += "variable \(names[names.count - 1]) {\n"
      text += "  type discrete [ \(labels.count) ] { \(labels.joined(separator: ", ")) };\n}\n"
    }
    for id in model.schema.ids {
      appendBlock(of: id, in: model, names, states, to: &text)
    }
    return ModelText(text: text, notes: notes(of: model))
  }

  private static func appendBlock(
    of id: VariableID, in model: ModelDescription, _ names: [String], _ states: [[String]], to text: inout String
  ) {
    let structure = model.structure
    let parents = structure.families[id.index].parents
    let width = structure.cardinality(of: id)
    guard let table = model.tables[id.index] else { return }
    let header = parents.isEmpty ? "" : "| \(parents.map { names[$0.index] }.joined(separator: ", ")) "
    text += "probability ( \(names[id.index]) \(header)) {\n"
    for configuration in 0..<table.count / width {
      if parents.isEmpty {
        text += "  table "
      } else {
        let codes = structure.parentStates(of: id, configuration: configuration)
        text += "  (\(zip(parents, codes).map { states[$0.index][Int($1)] }.joined(separator: ", "))) "
      }
      let row = table[configuration * width..<(configuration + 1) * width]
      text += row.map(DecimalNumber.text).joined(separator: ", ")
      text += ";\n"
    }
    text += "}\n"
  }

  /// A name as it stands when letters, digits and a few harmless signs are all it has, otherwise in quotes.
  private static func spelling(_ name: String, _ file: String) throws(FileError) -> String {
    let isPlain = !name.isEmpty && !name.contains("//") && name.utf8.allSatisfy(isPlain)
    guard !isPlain else { return name }
    guard !name.utf8.contains(where: { [UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) })
    else {
      throw FileError(
        .invalid, file: file,
        "the name '\(name)' has a quote or a line break, which BIF cannot spell; rename it, "
          + "or write the model as .yaml or .json")
    }
    return "\"\(name)\""
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default:
      "_-.<>=/+%:".utf8.contains(byte)
    }
  }

  private static func notes(of model: ModelDescription) -> [String] {
    func names(_ ids: Set<VariableID>) -> String { ids.sorted().map { model.schema[$0].name }.joined(separator: ", ") }
    var notes: [String] = []
    if !model.latent.isEmpty {
      notes.append("BIF cannot say that variables are latent: \(names(model.latent))")
    }
    if !model.fixed.isEmpty {
      notes.append("BIF cannot say that parameters are fixed: \(names(model.fixed))")
    }
    return notes
  }
}
