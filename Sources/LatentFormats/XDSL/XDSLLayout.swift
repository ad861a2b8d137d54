internal import LatentData
internal import LatentModels

/// Where the nodes of a network without positions stand in GeNIe: in layers, children below their parents.
enum XDSLLayout {
  private static let width = 84
  private static let height = 36

  /// The extension of GeNIe with a name and a position for each node; linear in the edges.
  static func extensionOfGenie(_ model: Model, _ ids: [String], application: String) -> String {
    var depths = [Int](repeating: 0, count: ids.count)
    for id in model.structure.graph.topologicalOrder {
      let parents = model.structure.family(of: id).parents
      depths[id.index] = (parents.map { depths[$0.index] + 1 }).max() ?? 0
    }
    var used = [Int](repeating: 0, count: ids.count)
    let name = model.name.isEmpty ? "" : MarkupText.name(model.name)
    var text = "<genie app=\"\(application)\" name=\"\(name)\" version=\"1.0\">\n"
    for (variable, (id, depth)) in zip(model.schema.variables, zip(ids, depths)) {
      let left = 24 + used[depth] * (width + 36)
      let top = 24 + depth * (height + 60)
      used[depth] += 1
      text += """
              <node id="\(id)">
                <name>\(MarkupText.name(variable.name))</name>
                <interior color="e5f6f7"/>
                <outline color="000080"/>
                <font color="000000" name="Arial" size="8"/>
                <position>\(left) \(top) \(left + width) \(top + height)</position>
              </node>

        """
    }
    return text + "    </genie>"
  }
}
