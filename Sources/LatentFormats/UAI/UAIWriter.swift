internal import LatentData
internal import LatentModels

extension UAI {
  /// Writes plain decimal numbers, a row on a line, and the names into the side file.
  ///
  /// With the first parent next to the child, the name of the child stands in a comment behind each scope, as aGrUM does
  /// it, and tells readers of the order.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> ModelText {
    let tables = model.schema.ids.compactMap(model.table)
    let structure = model.structure
    var text = (spelling.annotations?.network ?? []).map { $0 + "\n" }.joined()
    let cardinalities = model.schema.variables.map { "\($0.cardinality)" }.joined(separator: " ")
    text += "BAYES\n\(model.schema.count)\n\(cardinalities)\n\(model.schema.count)\n"
    for family in structure.families {
      let scope = (family.parents + [family.child]).map { "\($0.index)" }.joined(separator: " ")
      text += "\(family.parents.count + 1) \(scope)"
      if spelling.parentOrder == .first { text += "   # \(commentable.encode(model.schema[family.child].name))" }
      text += "\n"
    }
    let order = spelling.parentOrder == .first ? CellOrder.childThenFirstParent : .childFastest
    for (id, table) in zip(model.schema.ids, tables) {
      text += "\n\(table.cells.count)\n"
      for row in order.values(table.cells, of: id, in: structure)[...].parts(table.rowCount) {
        text += row.map { " " + DecimalNumber.plainText(of: $0) }.joined() + "\n"
      }
    }
    return ModelText(text: text, companion: try UAINames.text(of: model, spelling))
  }
}
