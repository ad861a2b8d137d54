internal import LatentData
internal import LatentModels

/// What a model says and the file it is written to does not.
struct ModelLosses {
  /// One sentence for each kind of thing that is lost.
  private(set) var notes: [String] = []

  /// Compares a model, and what stands beside it, with what a format has a place for.
  init(_ model: Model, _ annotations: Annotations?, in syntax: any ModelSyntax.Type) {
    func names(_ ids: Set<VariableID>) -> String { ids.sorted().map { model.schema[$0].name }.joined(separator: ", ") }
    if !syntax.declaresLatentVariables {
      if !model.latent.isEmpty {
        notes.append("\(syntax.name) cannot say that variables are latent: \(names(model.latent))")
      }
      if !model.fixed.isEmpty {
        notes.append("\(syntax.name) cannot say that parameters are fixed: \(names(model.fixed))")
      }
    }
    if !syntax.marksUnseenRows, !model.unseen.isEmpty {
      let rows = model.unseen.sorted().map { $0.description(in: model.structure) }
      notes.append(
        "\(syntax.name) cannot mark what there are no data for: \(rows.prefix(3).joined(separator: "; "))"
          + (rows.count > 3 ? "; and \(rows.count - 3) more" : ""))
    }
    if !syntax.declaresLatentVariables, !model.codebook.isEmpty { addCodebook(model.codebook, syntax) }
    if !syntax.knowsIndicators, !model.indicators.isEmpty {
      let indicators = names(Set(model.indicators.map(\.id)))
      notes.append(
        "\(syntax.name) cannot say that variables tell of missing cells: \(indicators); there they are variables like others"
      )
    }
    if !syntax.knowsIndicators, !model.codebook.missingStates.isEmpty {
      notes.append(
        "\(syntax.name) cannot say that missing cells are a state: \(model.codebook.missingStates.sorted().joined(separator: ", "))"
      )
    }
    if !syntax.namesNetworks, !model.name.isEmpty {
      notes.append("\(syntax.name) has no place for the name of the network, \(model.name)")
    }
    if let annotations, annotations.count > 0 {
      let things = annotations.count == 1 ? "1 property or comment" : "\(annotations.count) properties and comments"
      notes.append(
        "\(things) that only \(annotations.format.rawValue) files can hold \(annotations.count == 1 ? "is" : "are") "
          + "left out")
    }
  }
  private mutating func addCodebook(_ codebook: Codebook, _ syntax: any ModelSyntax.Type) {
    if !codebook.missing.isEmpty || !codebook.missingByVariable.isEmpty {
      notes.append("\(syntax.name) cannot say which texts stand for missing cells; list them with the table")
    }
    if !codebook.cuts.isEmpty {
      let names = codebook.cuts.keys.sorted().joined(separator: ", ")
      notes.append("\(syntax.name) cannot say where numbers are cut into states: \(names)")
    }
  }
}
