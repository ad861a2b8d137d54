internal import Latent

/// A new model without parameters.
struct ModelDraft {
  let model: Model

  init(_ columns: ColumnChoice, _ options: StructureOptions, file: String) throws {
    guard !columns.variables.isEmpty else {
      if options.template.intake == .realNumbers {
        throw CommandError(
          .data,
          "\(displayName(file)): no column looks like real numbers (\(listed(columns.leftOut))); name with --real those "
            + "that are")
      }
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
    let latent = options.latentVariables(beside: columns.header)
    for variable in latent where columns.header.contains(variable.name) {
      throw CommandError(
        .usage,
        "--latent: \(variable.name) is a column of \(displayName(file)); choose another name, as in "
          + "--latent hidden=\(variable.size)")
    }
    if let name = options.classColumn { try Self.checkClass(name, columns) }
    let schema = try Schema(latent.map { try $0.variable() } + columns.variables)
    let latentIDs = Set(latent.compactMap { schema[$0.name] })
    let blocks = options.blocks(schema, beside: columns.header)
    var edges = EdgeList(
      schema: schema, blocks: blocks, latent: latentIDs,
      remedy: "the variables are \(listed(schema.variables.map(\.name)))")
    for text in options.templateEdges(latent) + options.edges { try Self.add(text, to: &edges, columns) }
    let structure: NetworkStructure
    do {
      structure = try NetworkStructure(
        schema: schema, parents: edges.parents, blocks: blocks,
        dynamics: Dynamics(lags: edges.lags, sequence: options.sequence))
    } catch {
      throw CommandError(.usage, "--edges: \(error)")
    }
    let tables = [[Double]?](repeating: nil, count: structure.families.count)
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

  private static func add(_ text: String, to edges: inout EdgeList, _ columns: ColumnChoice) throws(CommandError) {
    do { try edges.add(text) } catch {
      let reason = error.unknownName.flatMap(columns.reasonForAbsence) ?? error.description
      throw CommandError(.usage, "--edges '\(text)': \(reason)")
    }
  }

  /// The model file; comments stand at its top where the format has them, and so does how to write edges.
  func text(as format: ModelFormat, file: String, comments: [String]) throws -> String {
    let text = try format.text(of: model, file: file).text
    guard format == .yaml else { return text }
    var lines = comments
    let hasBlocks = model.structure.families.contains(where: model.structure.isBlock)
    if model.edgeCount == 0, !hasBlocks {
      lines += ["Without edges all variables are independent. Edges look like this:"]
      lines += ["  edges:", "    - parent -> child", "    - parent -> [child, other]", "    - parent -> *"]
    }
    return lines.map { "# \($0.split { $0.isNewline }.joined(separator: " "))\n" }.joined() + text
  }
}
