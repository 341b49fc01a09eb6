// Package schema describes the entities.
package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

type Club struct{ ent.Schema }

func (Club) Fields() []ent.Field {
	return []ent.Field{field.String("name"), field.String("city")}
}

func (Club) Edges() []ent.Edge {
	return []ent.Edge{edge.To("players", Player.Type)}
}

type Player struct{ ent.Schema }

func (Player) Fields() []ent.Field {
	return []ent.Field{field.String("name"), field.String("bio"), field.Int("shirt"), field.Int("club_id").Optional()}
}

func (Player) Edges() []ent.Edge {
	return []ent.Edge{edge.From("club", Club.Type).Ref("players").Unique().Field("club_id")}
}

type Exhibit struct{ ent.Schema }

func (Exhibit) Fields() []ent.Field {
	return []ent.Field{
		field.String("wing"),
		field.String("name"),
		field.String("room"),
		field.Text("description"),
		field.Text("provenance"),
		field.Bytes("scan"),
	}
}

type Vehicle struct{ ent.Schema }

func (Vehicle) Fields() []ent.Field {
	return []ent.Field{field.Int("depot"), field.String("plate"), field.Int("mileage"), field.Int("inspected_at_mileage"), field.Bool("retired")}
}

type Harvest struct{ ent.Schema }

func (Harvest) Fields() []ent.Field {
	return []ent.Field{field.String("farm"), field.String("plot"), field.Int("year"), field.Float("tonnes")}
}

type Seat struct{ ent.Schema }

func (Seat) Fields() []ent.Field {
	return []ent.Field{field.Int("hall"), field.String("row"), field.Int("number"), field.Int("price")}
}

type Agent struct{ ent.Schema }

func (Agent) Fields() []ent.Field {
	return []ent.Field{field.String("licence").Unique(), field.String("name"), field.String("office"), field.Bool("active")}
}

type Menu struct{ ent.Schema }

func (Menu) Fields() []ent.Field {
	return []ent.Field{field.String("restaurant"), field.String("title")}
}

func (Menu) Edges() []ent.Edge {
	return []ent.Edge{edge.To("dishes", Dish.Type)}
}

type Dish struct{ ent.Schema }

func (Dish) Fields() []ent.Field {
	return []ent.Field{field.String("name"), field.String("allergens"), field.Int("cents"), field.Int("likes")}
}

func (Dish) Edges() []ent.Edge {
	return []ent.Edge{edge.From("menu", Menu.Type).Ref("dishes").Unique()}
}

type Quota struct{ ent.Schema }

func (Quota) Fields() []ent.Field {
	return []ent.Field{field.String("tenant").Unique(), field.Int64("used"), field.Int64("allowed")}
}

type Job struct{ ent.Schema }

func (Job) Fields() []ent.Field {
	return []ent.Field{field.String("queue"), field.String("state"), field.Int("attempts"), field.Text("payload")}
}
