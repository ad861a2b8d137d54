internal import LatentData
internal import LatentModels

/// The head of a table in a file: the variable that it is about, its parents, and the way to its content.
struct TableHead<Name: LocatedName, Content> {
  let child: Name
  let parents: [Name]
  let content: Content
}

/// What a format calls its parts, for error sentences.
struct TableWording: Sendable {
  /// A table with its head.
  let table: String
  /// How a variable of this name is declared.
  let declaration: @Sendable (_ name: String) -> String
  /// How a variable of this name gets a table.
  let completion: @Sendable (_ name: String) -> String
}

/// The graph that the heads of a file's tables spell in names.
struct HeadedStructure<Name: LocatedName, Content> {
  typealias Head = TableHead<Name, Content>

  let structure: NetworkStructure
  /// The head of each variable's table, in schema order.
  let heads: [Head]

  /// Resolves the names of all heads; linear in their length.
  init(
    _ variables: [Variable], declaredAt places: [SourceText.Place], _ heads: [Head], _ wording: TableWording,
    _ source: SourceText
  ) throws(FileError) {
    let schema: Schema
    do { schema = try Schema(variables) } catch {
      throw FileError(.invalid, file: source.file, error.description)
    }
    var found = [Head?](repeating: nil, count: schema.count)
    var parents = [[VariableID]](repeating: [], count: schema.count)
    for head in heads {
      let child = try Self.resolve(head.child, in: schema, wording, source)
      if let first = found[child.index] {
        let line = source.line(of: first.child.place)
        throw source.error(
          at: head.child.place,
          "\(head.child.text) has two \(wording.table)s, the first in line \(line); remove one of the two")
      }
      found[child.index] = head
      parents[child.index] = try Self.parents(of: head, in: schema, wording, source)
    }
    self.heads = try Self.complete(found, schema, places, wording, source)
    structure = try source.structure(schema, parents: parents, tablesAt: self.heads.map(\.child.place))
  }

  private static func parents(
    of head: Head, in schema: Schema, _ wording: TableWording, _ source: SourceText
  ) throws(FileError) -> [VariableID] {
    var parents: [VariableID] = []
    var seen = Set<VariableID>()
    for name in head.parents {
      let parent = try resolve(name, in: schema, wording, source)
      guard seen.insert(parent).inserted else {
        throw source.error(
          at: name.place, "\(name.text) is listed twice as a parent of \(head.child.text); list it once")
      }
      parents.append(parent)
    }
    return parents
  }

  private static func complete(
    _ found: [Head?], _ schema: Schema, _ places: [SourceText.Place], _ wording: TableWording, _ source: SourceText
  ) throws(FileError) -> [Head] {
    var heads: [Head] = []
    for (variable, (head, place)) in zip(schema.variables, zip(found, places)) {
      guard let head else {
        throw source.error(
          at: place,
          "variable \(variable.name) has no \(wording.table); \(wording.completion(variable.name))")
      }
      heads.append(head)
    }
    return heads
  }

  private static func resolve(
    _ name: Name, in schema: Schema, _ wording: TableWording, _ source: SourceText
  ) throws(FileError) -> VariableID {
    if let id = schema[name.text] { return id }
    let remedy = NearestName.remedy(
      for: name.text, among: schema.variables.lazy.map(\.name), otherwise: wording.declaration(name.text))
    throw source.error(at: name.place, "'\(name.text)' is not a variable of this file\(remedy)")
  }
}

extension SourceText {
  /// The structure of the tables that stand at some places; errors name the place of the table that is to blame.
  func structure(
    _ schema: Schema, parents: [[VariableID]], tablesAt places: [Place]
  ) throws(FileError) -> NetworkStructure {
    do { _ = try DirectedGraph(parents: parents) } catch {
      let place = error.variables.first.map { places[$0.index] } ?? .offset(0)
      throw self.error(at: place, error.description(in: schema))
    }
    do { return try NetworkStructure(schema: schema, parents: parents) } catch {
      var place = Place.offset(0)
      if case .tableTooLarge(let name, _) = error, let id = schema[name] { place = places[id.index] }
      throw self.error(at: place, error.description)
    }
  }
}
