internal import Latent

/// A new model without parameters.
struct ModelDraft {
  let model: Model

  init(_ columns: ColumnChoice, _ options: StructureOptions, file: String) throws {
    guard !columns.variables.isEmpty else {
      throw CommandError(
        .data,
        "\(displayName(file)): no column looks like a variable (\(listed(columns.leftOut))); name with --states or --real "
          + "those that are")
    }
    guard !columns.areNamesOnly else {
      throw CommandError(
        .data,
        "\(displayName(file)): every column has another value in each row, as names have, so that there is nothing to "
          + "learn; name with --states or --real those that are variables")
    }
    let latent = options.latentVariables
    for variable in latent where columns.header.contains(variable.name) {
      let option = options.latent.isEmpty ? "--template latent-class" : "--latent"
      throw CommandError(
        .usage,
        "\(option): \(variable.name) is a column of \(displayName(file)); choose another name, as in "
          + "--latent hidden=\(variable.size)")
    }
    if let name = options.classColumn { try Self.checkClass(name, columns) }
    let schema = try Schema(latent.map { try $0.variable() } + columns.variables)
    let latentIDs = Set(latent.compactMap { schema[$0.name] })
    let parents = try Self.parents(schema, latentIDs, options, columns)
    let structure: NetworkStructure
    do { structure = try NetworkStructure(schema: schema, parents: parents) } catch {
      throw CommandError(.usage, "--edges: \(error)")
    }
    let tables = [[Double]?](repeating: nil, count: schema.count)
    var model = try Model(name: "", structure: structure, latent: latentIDs, parameters: tables)
    model.codebook = columns.codebook
    self.model = model
  }

  private static func checkClass(_ name: String, _ columns: ColumnChoice) throws(CommandError) {
    let names = columns.variables.map(\.name)
    guard !names.contains(name) else { return }
    if let reason = columns.reasonForAbsence(of: name) { throw CommandError(.usage, "--class: \(reason)") }
    let remedy = NearestName.remedy(for: name, among: names, otherwise: "the variables are \(listed(names))")
    throw CommandError(.usage, "--class: there is no column '\(name)'\(remedy)")
  }

  private static func parents(
    _ schema: Schema, _ latent: Set<VariableID>, _ options: StructureOptions, _ columns: ColumnChoice
  ) throws(CommandError) -> [[VariableID]] {
    let names = schema.variables.map(\.name)
    var edges = EdgeList(schema: schema, latent: latent, remedy: "the variables are \(listed(names))")
    for text in options.templateEdges + options.edges {
      do { try edges.add(text) } catch {
        let reason = error.unknownName.flatMap(columns.reasonForAbsence) ?? error.description
        throw CommandError(.usage, "--edges '\(text)': \(reason)")
      }
    }
    return edges.parents
  }

  /// The model file; comments stand at its top where the format has them, and so does how to write edges.
  func text(as format: ModelFormat, file: String, comments: [String]) throws -> String {
    let text = try format.text(of: model, file: file).text
    guard format == .yaml else { return text }
    var lines = comments
    if model.edgeCount == 0 {
      lines += ["Without edges all variables are independent. Edges look like this:"]
      lines += ["  edges:", "    - parent -> child", "    - parent -> [child, other]", "    - parent -> *"]
    }
    return lines.map { "# \($0.split { $0.isNewline }.joined(separator: " "))\n" }.joined() + text
  }
}
