internal import LatentData
internal import LatentModels

extension XDSL {
  /// Writes nodes with parents first, as SMILE needs them, and the numbers of a table on one line with single spaces,
  /// as pgmpy needs them.
  static func text(of model: Model, _ spelling: ModelSpelling) throws(FileError) -> ModelText {
    let tables = model.schema.ids.compactMap(model.table)
    let annotations = spelling.annotations ?? Annotations(.xdsl)
    let ids = model.schema.variables.map { NameEscape.identifier.encode($0.name) }
    let name = NameEscape.identifier.encode(model.name.isEmpty ? BIF.placeholder : model.name)
    let comments = annotations.network.filter { $0.hasPrefix("<!--") }
    let attributes = annotations.network.first { $0.hasPrefix("<smile") }.map { self.attributes(of: $0) } ?? ""
    let others = annotations.network.filter { !$0.hasPrefix("<!--") && !$0.hasPrefix("<smile") }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + lines(comments, indent: "")
    text += "<smile version=\"1.0\" id=\"\(name)\"\(attributes)>\n  <nodes>\n"
    let order = parentsFirst(model.structure)
    if order != model.schema.ids { text += "    \(XDSLVariableOrder.comment(ids))\n" }
    for id in order {
      let pieces = annotations.variables[model.schema[id].name] ?? []
      text += node(id, of: model.structure, tables[id.index], pieces, ids, spelling.parentOrder)
    }
    text += "  </nodes>\n" + lines(others, indent: "  ") + "  <extensions>\n"
    let application = spelling.parentOrder == .first ? applicationFirstParentFastest : application
    var extensions = annotations.end
    if let index = extensions.firstIndex(where: { $0.hasPrefix("<genie ") || $0.hasPrefix("<genie>") }) {
      extensions[index] = "<genie app=\"\(application)\"" + extensions[index].dropFirst("<genie".count)
    } else {
      extensions.append(XDSLLayout.extensionOfGenie(model, ids, application: application))
    }
    text += lines(extensions, indent: "    ") + "  </extensions>\n</smile>\n"
    return ModelText(text: text)
  }

  private static func node(
    _ id: VariableID, of structure: NetworkStructure, _ table: ConditionalTable, _ pieces: [String], _ ids: [String],
    _ parentOrder: ParentOrder
  ) -> String {
    let order = parentOrder == .first ? CellOrder.childThenFirstParent : .childFastest
    let kind = pieces.first { $0.hasPrefix("<cpt") || $0.hasPrefix("<deterministic") }
    let values = order.values(table.cells, of: id, in: structure)
    let results =
      kind?.hasPrefix("<deterministic") == true
      ? certainStates(of: table.child, values[...].parts(table.rowCount)) : nil
    let name = results == nil ? "cpt" : "deterministic"
    let parents = structure.family(of: id).parents.map { ids[$0.index] }
    var content = table.child.states.map { state in
      let tag = XDSLNode.stateTag(state)
      return pieces.first { $0.hasPrefix(tag + " ") } ?? tag + "/>"
    }
    if !parents.isEmpty { content.append("<parents>\(parents.joined(separator: " "))</parents>") }
    if let results {
      content.append("<resultingstates>\(results)</resultingstates>")
    } else {
      content.append("<probabilities>\(values.map(DecimalNumber.text).joined(separator: " "))</probabilities>")
    }
    let comments = pieces.filter { $0.hasPrefix("<!--") }
    content += pieces.filter { $0 != kind && !$0.hasPrefix("<!--") && !$0.hasPrefix("<state id=") }
    return lines(comments, indent: "    ") + "    <\(name) id=\"\(ids[id.index])\"\(kind.map(attributes) ?? "")>\n"
      + lines(content, indent: "      ") + "    </\(name)>\n"
  }

  /// The ids of the states that are certain in each row; nil when one is not certain.
  private static func certainStates(of variable: Variable, _ rows: [ArraySlice<Double>]) -> String? {
    var results: [String] = []
    for row in rows {
      guard let state = row.firstIndex(of: 1), row.allSatisfy({ $0 == 0 || $0 == 1 }) else { return nil }
      results.append(NameEscape.identifier.encode(variable.states[state - row.startIndex]))
    }
    return results.joined(separator: " ")
  }

  /// All variables below their parents; the order of the schema where that already is so.
  private static func parentsFirst(_ structure: NetworkStructure) -> [VariableID] {
    var order: [VariableID] = []
    var seen = Set<VariableID>()
    for id in structure.schema.ids {
      var waiting = [id]
      while let last = waiting.last {
        let missing = structure.family(of: last).parents.filter { !seen.contains($0) }
        if missing.isEmpty {
          waiting.removeLast()
          if seen.insert(last).inserted { order.append(last) }
        } else {
          waiting += missing.reversed()
        }
      }
    }
    return order
  }

  /// The attributes of an element that has nothing else, with a space before each.
  private static func attributes(of piece: String) -> String {
    piece.firstIndex(of: " ").map { String(piece[$0...].dropLast(2)) } ?? ""
  }

  static func lines(_ pieces: [String], indent: String) -> String { pieces.map { "\(indent)\($0)\n" }.joined() }
}
