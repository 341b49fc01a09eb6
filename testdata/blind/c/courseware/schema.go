package courseware

const sdl = `
schema { query: Query }
type Query {
	courses(first: Int!): [Course!]!
	course(id: ID!): Course
	viewer: Viewer!
}
type Course {
	id: ID!
	title: String!
	instructor: Instructor
	lessons: [Lesson!]!
	enrolled: Int!
	canEdit: Boolean!
	nextSession: Session
}
type Instructor {
	id: ID!
	name: String!
	courseCount: Int!
}
type Lesson {
	id: ID!
	title: String!
	attachments: [Attachment!]!
}
type Attachment { name: String! size: Int! }
type Session { room: String! startsOn: String! }
type Viewer {
	name: String!
	isStaff: Boolean!
	locale: String!
}
`

// tables are shared by all deployments; ids have gaps since the import from the old system.
const tables = `
CREATE TABLE instructors (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE courses (id bigint PRIMARY KEY, title text NOT NULL, instructor_id bigint REFERENCES instructors(id));
CREATE TABLE lessons (id bigint PRIMARY KEY, course_id bigint NOT NULL REFERENCES courses(id), title text NOT NULL);
CREATE TABLE attachments (id bigserial PRIMARY KEY, lesson_id bigint NOT NULL, name text NOT NULL, size int NOT NULL);
CREATE TABLE enrollments (course_id bigint NOT NULL, student_id bigint NOT NULL, PRIMARY KEY (course_id, student_id));
CREATE TABLE sessions (id bigserial PRIMARY KEY, course_id bigint NOT NULL, room text NOT NULL, starts_on date NOT NULL);
CREATE TABLE accounts (id bigint PRIMARY KEY, name text NOT NULL, staff boolean NOT NULL, locale text NOT NULL);
INSERT INTO instructors SELECT 40 + n * 7, 'Instructor ' || n FROM generate_series(1, 17) n;
INSERT INTO courses SELECT 1003 + n * 13, 'Course ' || n, CASE WHEN n % 9 = 0 THEN NULL ELSE 40 + (1 + (n * 5) % 17) * 7 END FROM generate_series(1, 22) n;
INSERT INTO lessons SELECT c.id * 10 + k, c.id, 'Lesson ' || k FROM courses c, generate_series(1, 5) k WHERE k <= 1 + c.id % 5;
INSERT INTO attachments (lesson_id, name, size) SELECT l.id, 'slides-' || k || '.pdf', 1000 * k FROM lessons l, generate_series(1, 3) k WHERE k <= l.id % 4;
INSERT INTO enrollments SELECT c.id, s FROM courses c, generate_series(1, 30) s WHERE s % (1 + c.id % 6) = 0;
INSERT INTO sessions (course_id, room, starts_on) SELECT c.id, 'R' || k, date '2025-03-01' + k FROM courses c, generate_series(1, 4) k WHERE k <= c.id % 5;
INSERT INTO accounts VALUES (91, 'Mira', true, 'sl'), (92, 'Ola', false, 'nb');
`
