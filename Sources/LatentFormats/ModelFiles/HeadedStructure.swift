internal import LatentData
internal import LatentModels

/// The head of a table in a file: the variable that it is about, its parents, and where the content begins.
struct TableHead {
  let child: PlacedName
  let parents: [PlacedName]
  let content: Int
}

/// The graph that the heads of a file's tables spell in names.
struct HeadedStructure {
  /// What a format calls its parts, for error sentences.
  struct Wording: Sendable {
    /// A table with its head.
    let table: String
    /// How a variable of this name is declared.
    let declaration: @Sendable (_ name: String) -> String
    /// How a variable of this name gets a table.
    let completion: @Sendable (_ name: String) -> String
  }

  let structure: NetworkStructure
  /// The head of each variable's table, in schema order.
  let heads: [TableHead]

  /// Resolves the names of all heads; linear in their length.
  init(
    _ variables: [Variable], declaredAt offsets: [Int], _ heads: [TableHead], _ wording: Wording, _ source: SourceText
  ) throws(FileError) {
    let schema: Schema
    do { schema = try Schema(variables) } catch {
      throw FileError(.invalid, file: source.file, error.description)
    }
    var found = [TableHead?](repeating: nil, count: schema.count)
    var parents = [[VariableID]](repeating: [], count: schema.count)
    for head in heads {
      let child = try Self.resolve(head.child, in: schema, wording, source)
      if let first = found[child.index] {
        let line = source.line(of: .offset(first.child.offset))
        throw source.error(
          at: .offset(head.child.offset),
          "\(head.child.text) has two \(wording.table)s, the first in line \(line); remove one of the two")
      }
      found[child.index] = head
      parents[child.index] = try Self.parents(of: head, in: schema, wording, source)
    }
    self.heads = try Self.complete(found, schema, offsets, wording, source)
    structure = try source.structure(schema, parents: parents, tablesAt: self.heads.map(\.child.offset))
  }

  private static func parents(
    of head: TableHead, in schema: Schema, _ wording: Wording, _ source: SourceText
  ) throws(FileError) -> [VariableID] {
    var parents: [VariableID] = []
    var seen = Set<VariableID>()
    for name in head.parents {
      let parent = try resolve(name, in: schema, wording, source)
      guard seen.insert(parent).inserted else {
        throw source.error(
          at: .offset(name.offset), "\(name.text) is listed twice as a parent of \(head.child.text); list it once")
      }
      parents.append(parent)
    }
    return parents
  }

  private static func complete(
    _ found: [TableHead?], _ schema: Schema, _ offsets: [Int], _ wording: Wording, _ source: SourceText
  ) throws(FileError) -> [TableHead] {
    var heads: [TableHead] = []
    for (variable, (head, offset)) in zip(schema.variables, zip(found, offsets)) {
      guard let head else {
        throw source.error(
          at: .offset(offset),
          "variable \(variable.name) has no \(wording.table); \(wording.completion(variable.name))")
      }
      heads.append(head)
    }
    return heads
  }

  private static func resolve(
    _ name: PlacedName, in schema: Schema, _ wording: Wording, _ source: SourceText
  ) throws(FileError) -> VariableID {
    if let id = schema[name.text] { return id }
    let remedy = NearestName.remedy(
      for: name.text, among: schema.variables.lazy.map(\.name), otherwise: wording.declaration(name.text))
    throw source.error(at: .offset(name.offset), "'\(name.text)' is not a variable of this file\(remedy)")
  }
}

extension SourceText {
  /// The structure of the tables that stand at some places; errors name the place of the table that is to blame.
  func structure(
    _ schema: Schema, parents: [[VariableID]], tablesAt offsets: [Int]
  ) throws(FileError) -> NetworkStructure {
    do { _ = try DirectedGraph(parents: parents) } catch {
      let place = error.variables.first.map { offsets[$0.index] } ?? 0
      throw self.error(at: .offset(place), error.description(in: schema))
    }
    do { return try NetworkStructure(schema: schema, parents: parents) } catch {
      var place = 0
      if case .tableTooLarge(let name, _) = error, let id = schema[name] { place = offsets[id.index] }
      throw self.error(at: .offset(place), error.description)
    }
  }
}
