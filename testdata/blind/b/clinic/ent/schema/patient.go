package schema

import (
	"time"

	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// Ward is a unit of the hospital; wards nest.
type Ward struct{ ent.Schema }

func (Ward) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Int("beds").Default(10),
		field.Int("parent_id").Optional().Nillable(),
	}
}

func (Ward) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("units", Ward.Type).From("parent").Field("parent_id").Unique(),
		edge.To("patients", Patient.Type),
	}
}

// Patient is a person that is or was admitted.
type Patient struct{ ent.Schema }

func (Patient) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.String("mrn").Unique(),
		field.String("status").Default("admitted"),
		field.Int("ward_id").Optional().Nillable(),
		field.Int("risk").Default(0),
		field.Time("seen_at").Optional().Nillable(),
	}
}

func (Patient) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("ward", Ward.Type).Ref("patients").Field("ward_id").Unique(),
		edge.To("visits", Visit.Type),
	}
}

// Visit is one appointment of a patient.
type Visit struct{ ent.Schema }

func (Visit) Fields() []ent.Field {
	return []ent.Field{
		field.Int("patient_id"),
		field.Time("at").Default(time.Now),
		field.String("reason").Optional().Nillable(),
		field.Int("fee_cents").Default(0),
	}
}

func (Visit) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("patient", Patient.Type).Ref("visits").Field("patient_id").Unique().Required(),
		edge.To("results", LabResult.Type),
	}
}

// LabResult is one measured value of a visit.
type LabResult struct{ ent.Schema }

func (LabResult) Fields() []ent.Field {
	return []ent.Field{
		field.Int("visit_id"),
		field.String("code"),
		field.Float("value"),
		field.String("flag").Optional().Nillable(),
	}
}

func (LabResult) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("visit", Visit.Type).Ref("results").Field("visit_id").Unique().Required(),
	}
}
