import Latent
import LatentData
import Testing

/// XDSL as GeNIe writes it, and what is kept of it.
@Suite struct XDSLDialectTests {
  private func read(_ text: String) throws -> ModelFile { try ModelFormat.xdsl.parse(Array(text.utf8), file: "n") }

  static let genie = """
    <?xml version="1.0" encoding="ISO-8859-1"?>
    <!-- made by hand -->
    <smile version="1.0" id="Network1" numsamples="1000" discsamples="10000">
      <nodes>
        <!-- the cause -->
        <cpt id="Rain" target="true">
          <state id="no" />
          <state id="yes" fault="true" label="wet" />
          <probabilities>0.75 <!-- rounded --> 0.25</probabilities>
          <property id="source">survey &amp; guess</property>
        </cpt>
        <deterministic id="Wet">
          <state id="dry" />
          <state id="wet" />
          <parents>Rain</parents>
          <resultingstates>dry wet</resultingstates>
        </deterministic>
      </nodes>
      <cases><case name="c"><evidence node="Rain" state="yes" /></case></cases>
      <extensions>
        <genie version="1.0" app="GeNIe 2.4" name="Garden" faultnameformat="nodestate">
          <node id="Rain"><name>Rain today?</name><position>10 20 30 40</position></node>
          <submodel id="Sub"><name>Part</name>
            <node id="Wet"><name>Grass</name></node>
          </submodel>
          <textbox><caption>A note &lt;1&gt;</caption></textbox>
        </genie>
        <other/>
      </extensions>
    </smile>
    """

  @Test func readsNodesAndDeterministicNodes() throws {
    let file = try read(Self.genie)
    #expect(file.warnings == [])
    #expect(file.model.name == "Network1")
    #expect(file.model.schema.variables.map(\.name) == ["Rain", "Wet"])
    #expect(file.model.schema.variables.map(\.states) == [["no", "yes"], ["dry", "wet"]])
    #expect(file.model.parameters == [[0.75, 0.25], [1, 0, 0, 1]])
  }

  @Test func extensionsAndAttributesComeBack() throws {
    let file = try read(Self.genie)
    let text = try ModelFormat.xdsl.text(of: file.model, carrying: file.annotations)
    #expect(text.notes == [])
    #expect(
      text.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- made by hand -->
        <smile version="1.0" id="Network1" discsamples="10000" numsamples="1000">
          <nodes>
            <!-- the cause -->
            <!-- rounded -->
            <cpt id="Rain" target="true">
              <state id="no"/>
              <state id="yes" fault="true" label="wet"/>
              <probabilities>0.75 0.25</probabilities>
              <property id="source">survey &amp; guess</property>
            </cpt>
            <deterministic id="Wet">
              <state id="dry"/>
              <state id="wet"/>
              <parents>Rain</parents>
              <resultingstates>dry wet</resultingstates>
            </deterministic>
          </nodes>
          <cases><case name="c"><evidence node="Rain" state="yes"/></case></cases>
          <extensions>
            <genie app="latent" faultnameformat="nodestate" name="Garden" version="1.0">
              <node id="Rain"><name>Rain today?</name><position>10 20 30 40</position></node>
              <submodel id="Sub"><name>Part</name>
                <node id="Wet"><name>Grass</name></node>
              </submodel>
              <textbox><caption>A note &lt;1&gt;</caption></textbox>
            </genie>
            <other/>
          </extensions>
        </smile>

        """)
    let again = try read(text.text)
    #expect(again.model == file.model)
    #expect(again.annotations == file.annotations)
  }

  /// A table that was learned is no longer certain.
  @Test func aDeterministicNodeThatIsNoLongerCertainGetsATable() throws {
    let file = try read(Self.genie)
    let model = try Model(
      name: "n", structure: file.model.structure, parameters: [[0.5, 0.5], [0.75, 0.25, 0, 1]])
    let text = try ModelFormat.xdsl.text(of: model, carrying: file.annotations).text
    #expect(text.contains("<cpt id=\"Wet\">"))
    #expect(!text.contains("deterministic"))
    #expect(try read(text).model == model)
  }

  /// Nodes stand below their parents in the file, variables in their own order in the model.
  @Test func theOrderOfVariablesSurvives() throws {
    let text = """
      <smile id='n'><nodes>
      <cpt id='c'><state id='1'/><state id='2'/><parents>b a</parents>
      <probabilities>1 0 0.75 0.25 0.5 0.5 0 1</probabilities></cpt>
      <cpt id='b'><state id='1'/><state id='2'/><parents>a</parents><probabilities>1 0 0.5 0.5</probabilities></cpt>
      <cpt id='a'><state id='1'/><state id='2'/><probabilities>1 0</probabilities></cpt>
      </nodes><extensions><genie app='GeNIe'><node id='a'/><textbox/><node id='b'/><node id='c'/></genie></extensions>
      </smile>
      """
    let file = try read(text)
    #expect(file.model.schema.variables.map(\.name) == ["c", "b", "a"])
    for annotations in [file.annotations, nil] {
      let written = try ModelFormat.xdsl.text(of: file.model, carrying: annotations).text
      let nodes = written.matches(of: /<cpt id="(\w+)"/).map { String($0.1) }
      #expect(nodes == ["a", "b", "c"])
      #expect(written.contains("<nodes>\n    <!-- order of the variables: c b a -->\n    <cpt id=\"a\">"))
      let again = try read(written)
      #expect(again.model == file.model)
      if annotations != nil { #expect(again.annotations == file.annotations) }
    }
  }

  @Test func attributesWithoutAPlaceAreNamed() throws {
    let text = Self.genie.replacing("<nodes>", with: "<nodes a='1'>").replacing("<parents>", with: "<parents b='1'>")
    #expect(
      try read(text).warnings == ["attributes that XDSL does not have are left out: a of <nodes>, b of <parents>"])
  }

  /// A comment that lists other variables is a comment.
  @Test func anOrderOfOtherVariablesIsARemark() throws {
    let remark = "<!-- order of the variables: wet rain -->"
    let text = Self.genie.replacing("<!-- the cause -->", with: remark)
    #expect(try read(text).model.schema.variables.map(\.name) == ["Rain", "Wet"])
    let both = Self.genie.replacing("<!-- the cause -->", with: remark.replacing("wet rain", with: "Wet Rain"))
    #expect(try read(both).model.schema.variables.map(\.name) == ["Wet", "Rain"])
    #expect(try read(both).annotations.count == read(text).annotations.count - 1)
  }

  /// Ids of other programs may hold what GeNIe does not allow.
  @Test func idsAreSpeltAsIdentifiers() throws {
    let text = """
      <smile id='my net'><nodes><cpt id='Visit&gt;5'><state id='&lt;3'/><state id=''/><state id='a/b'/>
      <probabilities>0.5 0.25 0.25</probabilities></cpt></nodes>
      <extensions><genie app='aGrUM 3'><node id='Visit&gt;5'><name>V</name></node></genie></extensions></smile>
      """
    let file = try read(text)
    let written = try ModelFormat.xdsl.text(of: file.model, carrying: file.annotations).text
    #expect(written.contains("<smile version=\"1.0\" id=\"my_x0020_net\">"))
    #expect(written.contains("<cpt id=\"Visit_x003E_5\">"))
    #expect(
      written.contains("<state id=\"x003C_3\"/>\n      <state id=\"xFFFFFF_\"/>\n      <state id=\"a_x002F_b\"/>"))
    #expect(written.contains("<node id=\"Visit_x003E_5\"><name>V</name></node>"))
    #expect(try read(written).model == file.model)
  }

  @Test func nodesWithoutPositionsStandInLayers() throws {
    let model = try read(XDSLOrderTests.file(.last)).model
    let text = try ModelFormat.xdsl.text(of: model).text
    let positions = text.matches(of: /<position>([^<]*)</).map { String($0.1) }
    #expect(positions == ["24 24 108 60", "144 24 228 60", "24 120 108 156"])
  }
}
